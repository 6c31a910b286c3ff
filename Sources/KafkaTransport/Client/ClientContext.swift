import CRdKafka
import Synchronization
import Telemetry

/// What a client's callbacks work on. The client holds it for as long as librdkafka may call.
final class ClientContext: Sendable {
  let brokers = BrokerWatch()
  let replies = ReplyTable()
  let logger = Logger(label: "kafka")
  private let hasAdvised = Atomic(false)
  private let onFatalError: @Sendable (String) -> Void

  /// - Parameter onFatalError: Called on a thread of librdkafka once the client will not work any more.
  init(onFatalError: @escaping @Sendable (String) -> Void = { _ in }) {
    self.onFatalError = onFatalError
  }

  /// The context of the client that calls back.
  static func of(_ client: OpaquePointer?) -> ClientContext? {
    rd_kafka_opaque(client).map { Unmanaged<ClientContext>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Takes in an event that is not a rebalance. The caller frees it.
  func take(_ event: OpaquePointer, of client: OpaquePointer?) {
    switch rd_kafka_event_type(event) {
    case RD_KAFKA_EVENT_ERROR: takeError(event, of: client)
    case RD_KAFKA_EVENT_OFFSET_COMMIT:
      replies.finish(rd_kafka_event_opaque(event), .commit(KafkaErrorCode(rd_kafka_event_error(event))))
    case RD_KAFKA_EVENT_CREATETOPICS_RESULT: replies.finish(rd_kafka_event_opaque(event), TopicCreation.reply(event))
    case RD_KAFKA_EVENT_LISTCONSUMERGROUPOFFSETS_RESULT:
      replies.finish(rd_kafka_event_opaque(event), GroupOffsets.reply(event))
    default: break
    }
  }

  private func takeError(_ event: OpaquePointer, of client: OpaquePointer?) {
    let code = KafkaErrorCode(rd_kafka_event_error(event))
    let text = String(cString: rd_kafka_event_error_string(event))
    if code == .fatal || rd_kafka_event_error_is_fatal(event) != 0 {
      var reason = [CChar](repeating: 0, count: 512)
      let original = KafkaErrorCode(rd_kafka_fatal_error(client, &reason, reason.count))
      onFatalError("\(original): \(KafkaSettings.oneLine(reason))")
      return
    }
    // That all are down says less than the error before it.
    guard code != .allBrokersDown || brokers.lastError == nil else { return }
    guard let advice = ScramNonce.advice(for: text) else { return brokers.noteError(text) }
    brokers.noteError("\(text); \(advice)")
    if !hasAdvised.exchange(true, ordering: .relaxed) { logger.error("\(text); \(advice)") }
  }
}
