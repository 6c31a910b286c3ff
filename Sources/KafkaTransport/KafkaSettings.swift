import CRdKafka
import Messaging

/// The settings of one librdkafka client: what it is for, what its user says, what the promises need.
///
/// A setting of the user's goes before a default of ours. One that a promise rests on is refused.
struct KafkaSettings: Sendable {
  /// What a client is made for.
  enum Role: Sendable, Hashable {
    case producer
    case consumer(group: String)
    /// Reads without a group.
    case reader

    var isConsumer: Bool { if case .consumer = self { true } else { false } }
  }

  let configuration: KafkaConfiguration

  /// Names that the transport sets itself, and why.
  private static let reserved: [String: String] = [
    "bootstrap.servers": "it has a setting of its own",
    "metadata.broker.list": "it has a setting of its own",
    "group.id": "a group is the service's name",
    "enable.idempotence": "appends are idempotent always",
    "enable.gapless.guarantee": "the transport sees to the order itself",
    "transactional.id": "outbox and inbox give more than Kafka's transactions",
    "partition.assignment.strategy": "librdkafka 2.0.2 is safe with range alone",
    "enable.auto.commit": "offsets move over what has taken effect, nothing else",
    "enable.auto.offset.store": "offsets move over what has taken effect, nothing else",
    "auto.offset.reset": "a group begins with the oldest record",
    "enable.partition.eof": "the transport sets it as it reads",
    "delivery.report.only.error": "an append says what became of each record",
  ]

  /// Checks every setting, whatever client it is for.
  func validate() throws(TransportError) {
    for (name, value) in configuration.settings {
      if let reason = Self.reserved[name] {
        throw TransportError(.refused, "Kafka: the setting \(name) cannot be changed: \(reason)")
      }
      if ["acks", "request.required.acks"].contains(name), !["all", "-1"].contains(value) {
        throw TransportError(.refused, "Kafka: the setting \(name) is all, since what was appended must not be lost")
      }
    }
    for role in [Role.producer, .consumer(group: "-"), .reader] { rd_kafka_conf_destroy(try make(for: role)) }
  }

  /// The settings of a client, to be given to `rd_kafka_new` or destroyed.
  /// - Throws: `TransportError.Kind.refused`, naming the setting.
  func make(for role: Role) throws(TransportError) -> OpaquePointer {
    guard let conf = rd_kafka_conf_new() else { throw TransportError(.unavailable, "Kafka: out of memory") }
    var message = [CChar](repeating: 0, count: 512)
    for (name, value) in values(for: role) {
      guard rd_kafka_conf_set(conf, name, value, &message, message.count) == RD_KAFKA_CONF_OK else {
        rd_kafka_conf_destroy(conf)
        throw TransportError(.refused, "Kafka: the setting \(name) was not taken: \(Self.oneLine(message))")
      }
    }
    return conf
  }

  static func oneLine(_ message: [CChar]) -> String {
    let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// The value in force of a setting that is a number.
  func number(_ name: String, for role: Role) -> Int? {
    guard let conf = try? make(for: role) else { return nil }
    defer { rd_kafka_conf_destroy(conf) }
    var text = [CChar](repeating: 0, count: 64)
    var size = text.count
    guard rd_kafka_conf_get(conf, name, &text, &size) == RD_KAFKA_CONF_OK else { return nil }
    return Int(Self.oneLine(text))
  }

  /// How long an append may take: the user's `delivery.timeout.ms` where there is one.
  var deliveryTimeout: Duration {
    for name in Self.deliveryTimeoutNames {
      if let text = configuration.settings[name], let milliseconds = Int(text), milliseconds > 0 {
        return .milliseconds(milliseconds)
      }
    }
    return configuration.deliveryTimeout
  }

  /// How often members that wait show that they live, and tails look for new topics.
  var tickInterval: Duration {
    let poll = number("max.poll.interval.ms", for: .consumer(group: "-")) ?? 300_000
    let refresh = number("topic.metadata.refresh.interval.ms", for: .reader) ?? 5_000
    return .milliseconds(max(100, min(poll / 3, refresh > 0 ? refresh : 5_000)))
  }

  private static let deliveryTimeoutNames = ["delivery.timeout.ms", "message.timeout.ms"]

  private func values(for role: Role) -> [(name: String, value: String)] {
    var values = [
      ("bootstrap.servers", configuration.bootstrapServers),
      ("client.id", configuration.clientID),
      ("reconnect.backoff.ms", "50"),
      ("reconnect.backoff.max.ms", "500"),
      ("socket.nagle.disable", "true"),
      ("log.connection.close", "false"),
    ]
    switch role {
    case .producer:
      values += [
        ("partitioner", "murmur2_random"),
        ("linger.ms", "0"),
        // The transport bounds the queue itself and waits without blocking a thread; these bounds are behind its own.
        ("queue.buffering.max.messages", "1000000"),
        ("queue.buffering.max.kbytes", "1048576"),
        // An event of the largest size that a publisher makes, with its headers, goes alone into a batch.
        ("message.max.bytes", String(TopicCreation.maximumRecordBytes)),
        ("topic.metadata.refresh.interval.ms", "60000"),
      ]
    case .consumer, .reader:
      values += [
        // One request at a time is under way to a broker: a partition that waits for records must not hold up one whose
        // prefetched records were used up meanwhile.
        ("fetch.wait.max.ms", "100"),
        ("topic.metadata.refresh.interval.ms", "5000"),
        // Kafka's own topics are nobody's events.
        ("topic.blacklist", "^__.*"),
      ]
      values +=
        role == .reader
        ? [("queued.min.messages", "1000"), ("queued.max.messages.kbytes", "4096")]
        : [("queued.min.messages", "100000"), ("queued.max.messages.kbytes", "32768")]
    }
    values += configuration.settings.filter { !Self.isOfAnotherRole($0.key, role) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
    switch role {
    case .producer:
      // Appends have a deadline of their own, and what waits leaves in order or not at all.
      values += [("enable.idempotence", "true"), ("message.timeout.ms", "0")]
    case .consumer(let group):
      values += [
        ("group.id", TopicNames(prefix: configuration.topicPrefix).full(group)),
        ("partition.assignment.strategy", "range"), ("auto.offset.reset", "earliest"),
        ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
      ]
    case .reader:
      values += [
        ("auto.offset.reset", "earliest"), ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
        ("enable.partition.eof", "true"),
      ]
    }
    return values
  }

  /// Settings of producers mean nothing to consumers, and the other way round; librdkafka would warn of each.
  private static func isOfAnotherRole(_ name: String, _ role: Role) -> Bool {
    role == .producer ? consumerNames.contains(name) : producerNames.contains(name)
  }

  private static let producerNames: Set<String> = [
    "acks", "request.required.acks", "transaction.timeout.ms", "linger.ms", "queue.buffering.max.ms",
    "queue.buffering.max.messages", "queue.buffering.max.kbytes", "queue.buffering.backpressure.threshold",
    "message.send.max.retries", "retries", "compression.codec", "compression.type", "compression.level",
    "batch.num.messages", "batch.size", "partitioner", "sticky.partitioning.linger.ms", "request.timeout.ms",
    "message.timeout.ms", "delivery.timeout.ms", "max.in.flight", "max.in.flight.requests.per.connection",
  ]

  private static let consumerNames: Set<String> = [
    "group.instance.id", "session.timeout.ms", "heartbeat.interval.ms", "group.protocol.type",
    "coordinator.query.interval.ms", "max.poll.interval.ms", "auto.commit.interval.ms", "queued.min.messages",
    "queued.max.messages.kbytes", "fetch.wait.max.ms", "fetch.message.max.bytes", "max.partition.fetch.bytes",
    "fetch.max.bytes", "fetch.min.bytes", "fetch.error.backoff.ms", "isolation.level", "check.crcs", "client.rack",
  ]
}
