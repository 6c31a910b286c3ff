import KafkaTransport
import Messaging
import RoostTesting
import Testing

@Suite("Kafka as a transport", .fewAtOnce)
struct ConformanceTests {
  @Test("Kafka does what every transport must", arguments: Kafka.Cluster.available, TransportConformance.cases)
  func conforms(on cluster: Kafka.Cluster, to conformance: TransportConformance.Case) async throws {
    try await conformance.run(on: try Kafka(cluster))
  }

  @Test(
    "Kafka does what a durable transport must", arguments: Kafka.Cluster.available, TransportConformance.durableCases)
  func isDurable(on cluster: Kafka.Cluster, to conformance: TransportConformance.Case) async throws {
    try await conformance.run(on: try Kafka(cluster))
  }

  @Test("events go their whole way over it", arguments: Kafka.Cluster.available, DeliveryConformance.cases)
  func delivers(on cluster: Kafka.Cluster, _ conformance: DeliveryConformance.Case) async throws {
    try await conformance.run(on: try Kafka(cluster))
  }
}
