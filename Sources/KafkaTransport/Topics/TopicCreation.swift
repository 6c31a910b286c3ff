import CRdKafka
import Messaging
import Synchronization

/// Makes topics that are not there, once for each name.
final class TopicCreation: Sendable {
  /// The largest record that a topic made here takes, its batch included.
  static let maximumRecordBytes = 2 << 20

  private let partitions: Int32
  private let replicationFactor: Int32
  private let names: TopicNames
  private let work = BlockingQueue("topics", isConcurrent: true)
  private let known = Mutex<Set<String>>([])

  init(_ configuration: KafkaConfiguration, names: TopicNames) {
    partitions = Int32(clamping: max(1, configuration.partitions))
    replicationFactor = Int32(clamping: max(1, configuration.replicationFactor))
    self.names = names
  }

  /// Those of the topics that are not known to be there.
  func unknown(among topics: Set<String>) -> Set<String> { known.withLock { topics.subtracting($0) } }

  func isKnown(_ topic: String) -> Bool { known.withLock { $0.contains(topic) } }

  /// Makes what is missing. A cluster that does not let us make topics is not an error: they may be there, or be made
  /// when they are written to.
  ///
  /// - Returns: By topic, why it is not there; what has no entry may be written to.
  func ensure(_ topics: Set<String>, by client: KafkaClient, within limit: Duration) async -> [String: TransportError] {
    var missing = unknown(among: topics)
    guard !missing.isEmpty else { return [:] }
    let deadline = ContinuousClock.now + limit
    let cluster: ClusterView.Inventory
    do throws(TransportError) {
      cluster = try await inventory(client, until: deadline)
      known.withLock { $0.formUnion(missing.filter { cluster.topics.contains(names.full($0)) }) }
    } catch {
      return Dictionary(uniqueKeysWithValues: missing.map { ($0, error) })
    }
    missing = unknown(among: missing)
    guard !missing.isEmpty else { return [:] }
    let failures = await make(missing, by: client, brokers: cluster.brokers, within: max(.seconds(1), deadline - .now))
    known.withLock { $0.formUnion(missing.subtracting(failures.keys)) }
    return failures
  }

  /// Asked for a second at a time, so that a client that retires meanwhile is let go of.
  private func inventory(
    _ client: KafkaClient, until deadline: ContinuousClock.Instant
  ) async throws(TransportError) -> ClusterView.Inventory {
    let cluster = ClusterView(client: client, names: names)
    while true {
      let limit = min(.seconds(1), max(.milliseconds(1), deadline - .now))
      switch await work.run({ cluster.inventory(within: limit) }) {
      case .success(let inventory): return inventory
      case .failure(let error):
        if ContinuousClock.now >= deadline || client.context.replies.isClosed { throw error }
      }
    }
  }

  private func make(
    _ missing: Set<String>, by client: KafkaClient, brokers: Set<Int32>, within limit: Duration
  ) async -> [String: TransportError] {
    let hasController = await work.run { brokers.contains(rd_kafka_controllerid(client.handle, 500)) }
    guard hasController else {
      // Nobody makes topics by request there: asking for one is what makes it.
      await work.run { [names] in missing.forEach { Self.touch(names.full($0), by: client, within: limit) } }
      return [:]
    }
    let reply = await client.context.replies.ask(within: limit) { opaque in
      request(missing, of: client, within: limit, opaque: opaque)
    }
    var failures: [String: TransportError] = [:]
    switch reply {
    case .topics(let results):
      for topic in missing {
        guard let (code, message) = results[names.full(topic)] else { continue }
        if let failure = Self.failure(code, "topic \(names.full(topic)) cannot be made: \(message)") {
          failures[topic] = failure
        }
      }
    case .failed(let code, let message):
      let failure = Self.failure(code, "topics cannot be made: \(message)")
      for topic in missing { failures[topic] = failure }
    case .commit, .offsets, nil:
      let reason = client.context.brokers.lastError ?? "no broker answered within \(limit)"
      for topic in missing { failures[topic] = TransportError(.unavailable, "Kafka: \(reason)") }
    }
    return failures
  }

  private static func failure(_ code: KafkaErrorCode, _ message: String) -> TransportError? {
    if code == .none || code == .topicExists || KafkaErrorCode.unauthorised.contains(code) { return nil }
    return TransportError(.unavailable, "Kafka: \(message)")
  }

  private func request(
    _ topics: Set<String>, of client: KafkaClient, within limit: Duration, opaque: UnsafeMutableRawPointer?
  ) -> KafkaErrorCode {
    var message = [CChar](repeating: 0, count: 256)
    var requests: [OpaquePointer?] = []
    for topic in topics {
      let request = rd_kafka_NewTopic_new(
        names.full(topic), partitions, replicationFactor, &message, message.count)
      rd_kafka_NewTopic_set_config(request, "max.message.bytes", String(Self.maximumRecordBytes))
      requests.append(request)
    }
    let options = rd_kafka_AdminOptions_new(client.handle, RD_KAFKA_ADMIN_OP_CREATETOPICS)
    let milliseconds = Int32(clamping: limit.milliseconds)
    rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, &message, message.count)
    rd_kafka_AdminOptions_set_operation_timeout(options, min(milliseconds, 5_000), &message, message.count)
    rd_kafka_AdminOptions_set_opaque(options, opaque)
    rd_kafka_CreateTopics(client.handle, &requests, requests.count, options, client.backgroundQueue)
    rd_kafka_AdminOptions_destroy(options)
    for request in requests { rd_kafka_NewTopic_destroy(request) }
    return .none
  }

  /// What the event of an answer says.
  static func reply(_ event: OpaquePointer) -> KafkaReply {
    let code = KafkaErrorCode(rd_kafka_event_error(event))
    guard code == .none else { return .failed(code, String(cString: rd_kafka_event_error_string(event))) }
    var count = 0
    let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
    var topics: [String: (code: KafkaErrorCode, message: String)] = [:]
    for index in 0..<count {
      let result = results?[index]
      let code = KafkaErrorCode(rd_kafka_topic_result_error(result))
      let message = rd_kafka_topic_result_error_string(result).map { String(cString: $0) } ?? code.description
      topics[String(cString: rd_kafka_topic_result_name(result))] = (code, message)
    }
    return .topics(topics)
  }

  /// Asks for a topic's partitions, which makes the topic where the cluster makes topics by itself. Blocks.
  private static func touch(_ name: String, by client: KafkaClient, within limit: Duration) {
    guard let topic = rd_kafka_topic_new(client.handle, name, nil) else { return }
    defer { rd_kafka_topic_destroy(topic) }
    var metadata: UnsafePointer<rd_kafka_metadata>?
    if rd_kafka_metadata(client.handle, 0, topic, &metadata, Int32(clamping: limit.milliseconds))
      == RD_KAFKA_RESP_ERR_NO_ERROR
    {
      rd_kafka_metadata_destroy(metadata)
    }
  }
}
