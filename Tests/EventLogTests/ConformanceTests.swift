import EventLog
import Messaging
import RoostTesting
import Testing

@Suite("The embedded log as a transport")
struct ConformanceTests {
  private struct Fixture: TransportFixture {
    let folder: TemporaryFolder

    func open() async throws -> any EventTransport {
      try await EventLogTransport.open(path: folder.file("events.db"))
    }

    func remove() async {}
  }

  @Test("the log does what every transport must", arguments: TransportConformance.cases)
  func conforms(to conformance: TransportConformance.Case) async throws {
    try await conformance.run(on: Fixture(folder: try TemporaryFolder()))
  }

  @Test("the log does what a durable transport must", arguments: TransportConformance.durableCases)
  func isDurable(to conformance: TransportConformance.Case) async throws {
    try await conformance.run(on: Fixture(folder: try TemporaryFolder()))
  }

  @Test("events go their whole way over it", arguments: DeliveryConformance.cases)
  func delivers(_ conformance: DeliveryConformance.Case) async throws {
    try await conformance.run(on: Fixture(folder: try TemporaryFolder()))
  }
}
