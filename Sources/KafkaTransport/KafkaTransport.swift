import Messaging
import Synchronization

/// Records on Apache Kafka, by librdkafka.
public final class KafkaTransport: EventTransport {
  let configuration: KafkaConfiguration

  private init(configuration: KafkaConfiguration) {
    self.configuration = configuration
  }

  /// Opens a connection to a cluster. A cluster that cannot be reached yet is waited for, and `health()` says so.
  /// - Throws: `TransportError.Kind.refused` when a setting has a name or a value that librdkafka does not take.
  public static func open(configuration: KafkaConfiguration) async throws(TransportError) -> KafkaTransport {
    KafkaTransport(configuration: configuration)
  }

  public func append(_ records: [EventRecord]) async -> [AppendOutcome] {
    records.map { _ in .failed(TransportError(.unavailable, "Kafka: not connected")) }
  }

  public func subscribe(
    group: String, to topics: TopicSelection
  ) async throws(TransportError) -> any TransportSubscription {
    throw TransportError(.unavailable, "Kafka: not connected")
  }

  public func tail(from cursor: TailCursor?, topics: TopicSelection) async throws(TransportError) -> any TransportTail {
    throw TransportError(.unavailable, "Kafka: not connected")
  }

  public func lag(of group: String) async throws(TransportError) -> [TopicPartition: Int64] { [:] }

  public func health() async -> TransportHealth {
    TransportHealth(status: .unavailable, detail: "Kafka: not connected")
  }

  public func close() async {}
}
