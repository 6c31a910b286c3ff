import CRdKafka
import Messaging

/// The settings of one librdkafka client: what it is for, what its user says, what the promises need.
///
/// A setting of the user's goes before a default of ours; one that a promise rests on is refused when it says
/// otherwise.
struct KafkaSettings: Sendable {
  /// What a client is made for.
  enum Role: Sendable, Hashable {
    case producer
    case consumer(group: String)
    /// Reads without a group.
    case reader
  }

  let configuration: KafkaConfiguration

  /// Names and values in the order in which they are set.
  func values(for role: Role) -> [(name: String, value: String)] {
    var values = [
      ("bootstrap.servers", configuration.bootstrapServers),
      ("client.id", configuration.clientID),
      ("reconnect.backoff.ms", "50"),
      ("reconnect.backoff.max.ms", "500"),
      ("socket.nagle.disable", "true"),
      // Small enough that a topic made by somebody else is soon known.
      ("topic.metadata.refresh.interval.ms", "60000"),
    ]
    switch role {
    case .producer:
      values += [
        ("enable.idempotence", "true"),
        ("partitioner", "murmur2_random"),
        ("linger.ms", "0"),
        // The queue is bounded by the transport itself, which waits without blocking a thread.
        ("queue.buffering.max.messages", "1000000"),
        ("queue.buffering.max.kbytes", "1048576"),
        ("message.max.bytes", "1048576"),
      ]
    case .consumer, .reader:
      values += [
        ("auto.offset.reset", "earliest"),
        ("fetch.wait.max.ms", "100"),
        ("queued.min.messages", "100000"),
        ("queued.max.messages.kbytes", "16384"),
        ("topic.metadata.refresh.interval.ms", "5000"),
        ("allow.auto.create.topics", "true"),
      ]
    }
    values += configuration.settings.filter { !Self.isOfAnotherRole($0.key, role) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
    switch role {
    case .producer:
      // Appends have a deadline of their own, and what waits leaves in order or not at all.
      values += [("message.timeout.ms", "0")]
    case .consumer(let group):
      values += [
        ("group.id", group), ("partition.assignment.strategy", "range"),
        ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"), ("enable.partition.eof", "false"),
      ]
    case .reader:
      values += [
        // Reading by assignment asks for a name all the same; nothing is ever committed under it.
        ("group.id", "\(configuration.clientID)-tail"),
        ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"), ("enable.partition.eof", "false"),
      ]
    }
    return values
  }

  /// Settings of producers mean nothing to consumers, and the other way; librdkafka would warn of each.
  private static func isOfAnotherRole(_ name: String, _ role: Role) -> Bool {
    role == .producer ? consumerNames.contains(name) : producerNames.contains(name)
  }

  private static let producerNames: Set<String> = [
    "acks", "request.required.acks", "enable.idempotence", "enable.gapless.guarantee", "transactional.id",
    "transaction.timeout.ms", "linger.ms", "queue.buffering.max.ms", "queue.buffering.max.messages",
    "queue.buffering.max.kbytes", "queue.buffering.backpressure.threshold", "message.send.max.retries", "retries",
    "retry.backoff.ms", "compression.codec", "compression.type", "compression.level", "batch.num.messages",
    "batch.size", "delivery.report.only.error", "partitioner", "sticky.partitioning.linger.ms", "request.timeout.ms",
    "message.timeout.ms", "delivery.timeout.ms", "max.in.flight", "max.in.flight.requests.per.connection",
  ]

  private static let consumerNames: Set<String> = [
    "group.id", "group.instance.id", "partition.assignment.strategy", "session.timeout.ms", "heartbeat.interval.ms",
    "group.protocol.type", "coordinator.query.interval.ms", "max.poll.interval.ms", "enable.auto.commit",
    "auto.commit.interval.ms", "enable.auto.offset.store", "queued.min.messages", "queued.max.messages.kbytes",
    "fetch.wait.max.ms", "fetch.message.max.bytes", "max.partition.fetch.bytes", "fetch.max.bytes", "fetch.min.bytes",
    "fetch.error.backoff.ms", "isolation.level", "enable.partition.eof", "check.crcs", "auto.offset.reset",
    "client.rack",
  ]
}
