import Events
import RoostTesting
import Storage
import Telemetry

@testable import Messaging

/// A service's outbox with a scripted transport behind it.
struct RelayBench: Sendable {
  let bench: Bench
  let transport = ScriptedTransport()

  static func run(
    on engine: TestEngine, clock: any EventClock = SystemClock(), _ body: @Sendable (RelayBench) async throws -> Void
  ) async throws {
    try await Bench.run(on: engine, clock: clock) { bench in try await body(RelayBench(bench: bench)) }
  }

  var database: FaultyDatabase { bench.database }

  /// One life of the service.
  ///
  /// - Parameter transport: Its connection to the log, when it has one of its own.
  func life(_ transport: ScriptedTransport? = nil) -> ServiceEnvironment {
    ServiceEnvironment(
      name: "notes", publishes: [NoteTaken.self], database: database, transport: transport ?? self.transport,
      clock: bench.clock,
      logger: bench.environment.logger, metrics: MetricsRegistry())
  }

  @discardableResult
  func publish(_ notes: [NoteTaken], in environment: ServiceEnvironment) async throws -> [Event] {
    try await environment.context().transaction { tx in try notes.map { try tx.publish($0) } }
  }

  /// Runs a relay while the body runs, then lets it send what is left.
  func relaying(
    _ environment: ServiceEnvironment, _ body: (OutboxRelay) async throws -> Void
  ) async throws {
    let relay = OutboxRelay(environment: environment)
    let running = Task { await relay.run() }
    do {
      try await bench.wait("the relay runs") { relay.phase == .running }
      try await body(relay)
    } catch {
      running.cancel()
      await running.value
      throw error
    }
    await relay.drain(grace: .seconds(10))
    await running.value
  }

  func rows(of table: StaticString) async throws -> Int {
    try await database.read { tx in try tx.first("SELECT count(*) FROM \(table)") { try $0.int(0) } ?? 0 }
  }

  /// The numbers of a book's notes as they arrived.
  func arrivedNumbers(of book: String) throws -> [Int] {
    try transport.arrived.elements.filter { $0.key == book }.map {
      try NoteTaken(parsing: Event(parsing: $0.value).payload).number
    }
  }
}
