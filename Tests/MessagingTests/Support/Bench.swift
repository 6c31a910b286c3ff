import Events
import Foundation
import RoostTesting
import Storage
import Telemetry

@testable import Messaging

/// A service's database, a log, and what a test does with both. Its effects are rows of a table `effects`.
struct Bench: Sendable {
  let database: FaultyDatabase
  let transport: InMemoryTransport
  let clock: any EventClock
  let environment: ServiceEnvironment

  static func run(
    clock: any EventClock = SystemClock(), _ body: @Sendable (Bench) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let database = FaultyDatabase(
        try await SQLiteDatabase.open(path: folder.appending(path: "service.db").path))
      let bench = Bench(database: database, transport: InMemoryTransport(), clock: clock)
      try await bench.environment.migrate()
      try await database.migrate(
        [
          Migration(
            1, "effects",
            sqlite:
              "CREATE TABLE effects (id INTEGER PRIMARY KEY AUTOINCREMENT, book TEXT, number INTEGER, handler TEXT)")
        ], component: "test")
      do {
        try await body(bench)
      } catch {
        await bench.transport.close()
        await database.close()
        throw error
      }
      await bench.transport.close()
      await database.close()
    }
  }

  private init(database: FaultyDatabase, transport: InMemoryTransport, clock: any EventClock) {
    self.database = database
    self.transport = transport
    self.clock = clock
    environment = Self.environment(database, transport, clock)
  }

  /// Another life of the same service: what was in memory is gone.
  func newEnvironment() -> ServiceEnvironment { Self.environment(database, transport, clock) }

  private static func environment(
    _ database: FaultyDatabase, _ transport: InMemoryTransport, _ clock: any EventClock
  ) -> ServiceEnvironment {
    ServiceEnvironment(
      name: "notes", publishes: [NoteTaken.self], database: database, transport: transport, clock: clock,
      logger: Logger(label: "test"), metrics: MetricsRegistry())
  }

  /// Runs a consumer while the body runs.
  func consuming(
    _ handlers: [EventHandler], _ configuration: ConsumerConfiguration = .init(),
    _ body: (EventConsumer) async throws -> Void
  ) async throws {
    let consumer = try EventConsumer(environment: environment, handlers: handlers, configuration: configuration)
    let running = Task { await consumer.run() }
    do {
      // Before it has joined, nobody knows of a lag.
      try await wait("the consumer joins") { consumer.isReady }
      try await body(consumer)
    } catch {
      running.cancel()
      await running.value
      throw error
    }
    await consumer.drain(grace: .seconds(5))
    await running.value
  }

  /// Puts events into the log as a publisher elsewhere would.
  @discardableResult
  func append(_ notes: [NoteTaken]) async throws -> [Event] {
    let events = notes.map { Event($0, sourceService: "elsewhere") }
    try await append(
      records: zip(events, notes).map { event, note in
        EventRecord(
          topic: "notes", key: note.book, value: event.encoded(), eventType: event.type.name, eventID: event.id)
      })
    return events
  }

  func append(records: [EventRecord]) async throws {
    for case .failed(let error) in await transport.append(records) { throw error }
  }

  /// The effects so far, in the order in which they took place.
  func effects(of handler: String = "keep") async throws -> [NoteTaken] {
    try await database.read { tx in
      try tx.query("SELECT book, number FROM effects WHERE handler = ? ORDER BY id", handler) {
        NoteTaken(book: try $0.string(0), number: try $0.int(1))
      }
    }
  }

  /// A handler whose effect is a row; `before` runs first and may fail.
  static func keeping(
    _ name: String = "keep", options: HandlerOptions = .quick,
    before: @escaping @Sendable (NoteTaken) async throws -> Void = { _ in }
  ) -> EventHandler {
    EventHandler(NoteTaken.self, name: name, options: options) { event, context in
      try await before(event.payload)
      let note = event.payload
      try await context.transaction { tx in
        try tx.execute("INSERT INTO effects (book, number, handler) VALUES (?, ?, ?)", note.book, note.number, name)
      }
    }
  }

  /// Returns when the group has acknowledged everything.
  func waitUntilDone(within limit: Duration = .seconds(20)) async throws {
    let start = ContinuousClock.now
    while try await transport.lag(of: "notes").values.reduce(0, +) > 0 {
      guard ContinuousClock.now - start < limit else { throw BenchFailure("events are left after \(limit)") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Returns when the condition holds; asks again and again.
  func wait(
    _ what: String, within limit: Duration = .seconds(20), until condition: () async throws -> Bool
  ) async throws {
    let start = ContinuousClock.now
    while try await !condition() {
      guard ContinuousClock.now - start < limit else { throw BenchFailure("\(what): not within \(limit)") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }
}

struct BenchFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

extension HandlerOptions {
  /// Tries three times in place without real waits, and again from the table only when asked.
  static let quick = HandlerOptions(
    retry: RetryPolicy(
      attempts: 3, backoff: Backoff(first: .milliseconds(1), limit: .milliseconds(1)), redeliveries: 2,
      redeliveryBackoff: Backoff(first: .seconds(3_600), limit: .seconds(3_600))))
}
