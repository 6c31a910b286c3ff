import Foundation
import KafkaTransport
import Messaging
import RoostTesting
import Testing

/// A cluster under test: librdkafka's mock of its own for each test, or a real one with a topic prefix of its own.
final class Kafka: TransportFixture {
  /// A real cluster to test against as well; without it those cases are skipped.
  static let realServers = ProcessInfo.processInfo.environment["ROOST_KAFKA_BOOTSTRAP_SERVERS"]

  enum Cluster: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case mock
    case real

    /// Those that are there.
    static var available: [Cluster] { realServers == nil ? [.mock] : [.mock, .real] }

    var testDescription: String { rawValue }
  }

  let servers: String
  let prefix: String
  /// The mock; `nil` on a real cluster.
  let mock: MockCluster?

  /// - Parameter topics: Topics that the mock makes beforehand, with six partitions; a real cluster makes them itself.
  init(_ cluster: Cluster = .mock, brokers: Int32 = 1, topics: [String] = []) throws {
    prefix = "t\(UUID().uuidString.prefix(8).lowercased())."
    switch cluster {
    case .mock:
      let mock = try MockCluster(brokers: brokers)
      for topic in topics { mock.makeTopic(prefix + topic, partitions: 6, replicas: brokers) }
      servers = mock.servers
      self.mock = mock
    case .real:
      servers = try #require(Self.realServers)
      mock = nil
    }
  }

  var configuration: KafkaConfiguration {
    var configuration = KafkaConfiguration(bootstrapServers: servers)
    configuration.topicPrefix = prefix
    configuration.partitions = 6
    configuration.commitInterval = .milliseconds(10)
    // Topics that come to be are seen soon, and a member that was killed is missed soon. The mock forgets a member whose
    // join it answers a second late, and never answers it then: such a join is given up and made again.
    configuration.settings = [
      "topic.metadata.refresh.interval.ms": "500", "session.timeout.ms": "10000", "heartbeat.interval.ms": "500",
      "max.poll.interval.ms": "30000",
    ]
    return configuration
  }

  func open() async throws -> any EventTransport { try await connect() }

  func connect(_ configure: (inout KafkaConfiguration) -> Void = { _ in }) async throws -> KafkaTransport {
    var configuration = configuration
    configure(&configuration)
    return try await KafkaTransport.open(configuration: configuration)
  }

  func remove() async {}
}

extension KafkaTransport {
  static func record(_ index: Int, topic: String = "memory", key: String?) -> EventRecord {
    EventRecord(
      topic: topic, key: key, value: Array("\(key ?? "-")#\(index)".utf8), eventType: "\(topic).created",
      eventID: "\(topic)-\(key ?? "-")-\(index)")
  }
}

extension DeliveredRecord {
  var text: String { String(decoding: record.value, as: UTF8.self) }
}

extension AppendOutcome {
  var error: TransportError? { if case .failed(let error) = self { error } else { nil } }
  var position: RecordPosition? { if case .appended(let position) = self { position } else { nil } }
}
