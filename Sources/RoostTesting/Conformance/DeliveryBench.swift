import Events
import Foundation
import Messaging
import Storage
import Telemetry

/// A service that takes notes and one that keeps them, each with a database, over the log of a bench.
struct DeliveryBench: Sendable {
  private let bench: Bench
  private let folder: URL
  private let takingDatabase: any Database
  private let keepingDatabase: any Database

  static func run(on bench: Bench, _ body: @Sendable (DeliveryBench) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let taking = try await SQLiteDatabase.open(path: folder.appending(path: "notes.db").path)
      let keeping = try await SQLiteDatabase.open(path: folder.appending(path: "library.db").path)
      try await keeping.migrate(
        [
          Migration(
            1, "notes",
            sqlite: "CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, book TEXT NOT NULL, number INTEGER)")
        ], component: "library")
      let delivery = DeliveryBench(bench: bench, folder: folder, takingDatabase: taking, keepingDatabase: keeping)
      do {
        try await body(delivery)
      } catch {
        await taking.close()
        await keeping.close()
        throw error
      }
      await taking.close()
      await keeping.close()
    }
  }

  /// Another connection to the log, as another process would have it.
  func connect() async throws -> any EventTransport { try await bench.open() }

  /// Publishes each array in one transaction, and returns when the log has all of it.
  func publish(_ transactions: [[Note]]) async throws {
    let environment = try await environment("notes", takingDatabase, publishes: [Note.self])
    for notes in transactions {
      try await environment.context().transaction { tx in
        for note in notes { try tx.publish(note) }
      }
    }
    let relay = OutboxRelay(environment: environment)
    let running = Task { await relay.run() }
    defer { running.cancel() }
    try await Self.wait("the committed events are sent") { try await relay.pending() == 0 }
    await relay.drain(grace: .seconds(20))
    await running.value
  }

  /// One process of the service that keeps notes, which handles them while the body runs.
  ///
  /// - Parameter before: Runs in the handler before its transaction, and may fail.
  func keeping(
    _ options: HandlerOptions = .conformance, before: @escaping @Sendable (Note) async throws -> Void = { _ in },
    _ body: (EventConsumer, _ kept: Recorder<Note>) async throws -> Void
  ) async throws {
    let environment = try await environment("library", keepingDatabase, publishes: [])
    let kept = Recorder<Note>()
    let handler = EventHandler(Note.self, name: "keep", options: options) { event, context in
      let note = event.payload
      try await before(note)
      try await context.transaction { tx in
        try tx.execute("INSERT INTO notes (book, number) VALUES (?, ?)", note.book, note.number)
      }
      kept.append(note)
    }
    let consumer = try EventConsumer(environment: environment, handlers: [handler])
    let running = Task { await consumer.run() }
    do {
      try await body(consumer, kept)
    } catch {
      running.cancel()
      await running.value
      throw error
    }
    await consumer.drain(grace: .seconds(10))
    await running.value
  }

  /// A process of the service that is ended, as by a crash, once the body has run: nothing is drained.
  func keepingUntilCrash(
    before: @escaping @Sendable (Note) async throws -> Void = { _ in }, _ body: () async throws -> Void
  ) async throws {
    let environment = try await environment("library", keepingDatabase, publishes: [])
    let handler = EventHandler(Note.self, name: "keep", options: .conformance) { event, context in
      let note = event.payload
      try await before(note)
      try await context.transaction { tx in
        try tx.execute("INSERT INTO notes (book, number) VALUES (?, ?)", note.book, note.number)
      }
    }
    let consumer = try EventConsumer(environment: environment, handlers: [handler])
    let running = Task { await consumer.run() }
    defer { running.cancel() }
    try await body()
    running.cancel()
    await running.value
    await environment.transport.close()
  }

  /// What has taken effect, in the order in which it did.
  func notes() async throws -> [Note] {
    try await keepingDatabase.read { tx in
      try tx.query("SELECT book, number FROM notes ORDER BY id") { Note(try $0.string(0), try $0.int(1)) }
    }
  }

  /// Returns when the condition holds. A database can only be asked again and again.
  static func wait(
    _ what: String, within limit: Duration = .seconds(180), until condition: () async throws -> Bool
  ) async throws {
    let start = ContinuousClock.now
    while try await !condition() {
      guard ContinuousClock.now - start < limit else { throw ConformanceFailure("\(what): not within \(limit)") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  private func environment(
    _ name: String, _ database: any Database, publishes: [any EventPayload.Type]
  ) async throws -> ServiceEnvironment {
    let environment = ServiceEnvironment(
      name: name, publishes: publishes, database: database, transport: try await connect(),
      logger: Logger(label: "conformance"), metrics: MetricsRegistry())
    try await environment.migrate()
    return environment
  }
}

/// What a handler of the suite throws.
struct NotNow: Error {}

extension HandlerOptions {
  /// Three attempts in place with hardly a wait, and later ones only when asked for.
  static let conformance = HandlerOptions(
    retry: RetryPolicy(
      attempts: 3, backoff: Backoff(first: .milliseconds(1), limit: .milliseconds(1)),
      redeliveryBackoff: Backoff(first: .seconds(3_600), limit: .seconds(3_600))))
}
