import Messaging
import RoostTesting
import Testing

@Suite("The in-memory log as a transport")
struct InMemoryConformanceTests {
  private struct Fixture: TransportFixture {
    let log = InMemoryTransport()

    func open() async throws -> any EventTransport { log.connect() }

    func remove() async { await log.close() }
  }

  @Test("the log does what every transport must", arguments: TransportConformance.cases)
  func conforms(to conformance: TransportConformance.Case) async throws {
    try await conformance.run(on: Fixture())
  }

  @Test("as long as it is connected to, it does what a durable log must", arguments: TransportConformance.durableCases)
  func outlivesConnections(to conformance: TransportConformance.Case) async throws {
    try await conformance.run(on: Fixture())
  }

  @Test("events go their whole way over it", arguments: DeliveryConformance.cases)
  func delivers(_ conformance: DeliveryConformance.Case) async throws {
    try await conformance.run(on: Fixture())
  }
}
