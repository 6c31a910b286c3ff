import CRdKafka
import Telemetry

// librdkafka calls these on threads of its own. They are functions of a file of their own, so that they belong to no
// actor, and they only pass on what they are told.

/// Events that no queue of ours takes, and answers to what was asked.
func kafkaBackgroundEvent(_ client: OpaquePointer?, _ event: OpaquePointer?, _ opaque: UnsafeMutableRawPointer?) {
  guard let event else { return }
  ClientContext.of(client)?.take(event, of: client)
  rd_kafka_event_destroy(event)
}

func kafkaLog(
  _ client: OpaquePointer?, _ level: Int32, _ facility: UnsafePointer<CChar>?, _ text: UnsafePointer<CChar>?
) {
  guard let client, let text, let context = ClientContext.of(client) else { return }
  let severity: Logger.Level =
    switch level {
    case ...3: .error
    case 4: .warning
    case 5, 6: .info
    default: .debug
    }
  context.logger.log(
    level: severity, "\(String(cString: text))",
    metadata: ["facility": "\(facility.map { String(cString: $0) } ?? "")"])
}

/// Puts the interceptors in once the client is there.
func kafkaClientMade(
  _ client: OpaquePointer?, _ settings: OpaquePointer?, _ opaque: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<CChar>?, _ size: Int
) -> rd_kafka_resp_err_t {
  rd_kafka_interceptor_add_on_broker_state_change(client, "roost", kafkaBrokerChanged, nil)
  return rd_kafka_interceptor_add_on_acknowledgement(client, "roost", kafkaRecordSettled, nil)
}

func kafkaBrokerChanged(
  _ client: OpaquePointer?, _ id: Int32, _ protocolName: UnsafePointer<CChar>?, _ name: UnsafePointer<CChar>?,
  _ port: Int32, _ state: UnsafePointer<CChar>?, _ opaque: UnsafeMutableRawPointer?
) -> rd_kafka_resp_err_t {
  if let state, let context = ClientContext.of(client) {
    let host = name.map { String(cString: $0) } ?? ""
    context.brokers.noteState(String(cString: state), of: id, at: "\(host):\(port)")
  }
  return RD_KAFKA_RESP_ERR_NO_ERROR
}

/// A record's fate, on the thread of the broker that it went to: no queue and no further thread lie between the
/// acknowledgement and the task that waits for it.
func kafkaRecordSettled(
  _ client: OpaquePointer?, _ message: UnsafeMutablePointer<rd_kafka_message_t>?, _ opaque: UnsafeMutableRawPointer?
) -> rd_kafka_resp_err_t {
  if let message, let slot = message.pointee._private {
    AppendCall.settle(slot.assumingMemoryBound(to: AppendCall.Slot.self), by: message)
  }
  return RD_KAFKA_RESP_ERR_NO_ERROR
}

/// A queue that was empty is not any more. Called with that queue locked: it wakes somebody and nothing else.
func kafkaQueueFilled(_ client: OpaquePointer?, _ opaque: UnsafeMutableRawPointer?) {
  guard let opaque else { return }
  Unmanaged<QueueBell>.fromOpaque(opaque).takeUnretainedValue().ring()
}
