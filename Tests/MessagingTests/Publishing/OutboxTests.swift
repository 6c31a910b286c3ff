import Events
import RoostTesting
import Storage
import Synchronization
import Testing

@testable import Messaging

@Suite("Outboxes", .timeLimit(.minutes(5)))
struct OutboxTests {
  struct Trouble: Error {}

  private func publish(_ notes: [NoteTaken], in environment: ServiceEnvironment) async throws -> [Event] {
    try await environment.context().transaction { tx in try notes.map { try tx.publish($0) } }
  }

  /// What the log holds, in its order.
  private func log(_ transport: InMemoryTransport) async throws -> [EventRecord] {
    let tail = try await transport.tail(from: .beginning, topics: .all)
    var records: [EventRecord] = []
    while true {
      let batch = try await tail.nextBatch(limit: 1_000, waiting: false)
      records += batch.records.map(\.delivered.record)
      if batch.isAtEnd { break }
    }
    await tail.close()
    return records
  }

  private func relaying(
    _ bench: Bench, _ environment: ServiceEnvironment, _ body: (OutboxRelay) async throws -> Void
  ) async throws {
    let relay = OutboxRelay(environment: environment)
    let running = Task { await relay.run() }
    do {
      try await bench.wait("the relay runs") { relay.phase == .running }
      try await body(relay)
    } catch {
      running.cancel()
      throw error
    }
    await relay.drain(grace: .seconds(10))
    await running.value
  }

  @Test(
    "what was committed before a crash is sent by the next life, under the same id and with the same bytes",
    arguments: TestEngine.available)
  func crashBeforeSending(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let events = try await publish([NoteTaken(book: "a", number: 1)], in: bench.environment)
      try await relaying(bench, bench.newEnvironment()) { relay in
        try await bench.wait("it is sent") { try await relay.pending() == 0 }
      }
      let sent = try await log(bench.transport)
      #expect(sent.map(\.eventID) == events.map(\.id))
      #expect(sent.map(\.value) == events.map { $0.encoded() })
    }
  }

  @Test("what was undone is not sent", arguments: TestEngine.available)
  func rollback(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      await #expect(throws: Trouble.self) {
        try await bench.environment.context().transaction { tx in
          try tx.publish(NoteTaken(book: "a", number: 1))
          throw Trouble()
        }
      }
      try await relaying(bench, bench.environment) { _ in }
      #expect(try await log(bench.transport).isEmpty)
    }
  }

  @Test(
    "events are sent in the order of their commits, many at once, and the outbox is empty behind them",
    arguments: TestEngine.available)
  func order(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      try await relaying(bench, bench.environment) { relay in
        for number in 0..<50 {
          _ = try await publish((0..<40).map { NoteTaken(book: "book-\($0)", number: number) }, in: bench.environment)
        }
        try await bench.wait("all is sent") { try await relay.pending() == 0 }
      }
      let sent = try await log(bench.transport).map { try NoteTaken(parsing: Event(parsing: $0.value).payload) }
      #expect(sent.count == 2_000)
      for book in Set(sent.map(\.book)) {
        #expect(sent.filter { $0.book == book }.map(\.number) == Array(0..<50))
      }
      let left = try await bench.database.read { try $0.first("SELECT count(*) FROM outbox") { try $0.int(0) } }
      #expect(left == 0)
    }
  }

  @Test(
    "two relays share an outbox: each event is sent once and no key is turned around", arguments: TestEngine.available)
  func twoRelays(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let first = OutboxRelay(environment: bench.environment)
      let second = OutboxRelay(environment: bench.newEnvironment())
      let running = [Task { await first.run() }, Task { await second.run() }]
      for number in 0..<30 {
        _ = try await publish((0..<20).map { NoteTaken(book: "book-\($0)", number: number) }, in: bench.environment)
      }
      try await bench.wait("all is sent") { try await first.pending() == 0 }
      await first.drain(grace: .seconds(10))
      await second.drain(grace: .seconds(10))
      for task in running { await task.value }
      let sent = try await log(bench.transport)
      #expect(Set(sent.map(\.eventID)).count == 600)
      let notes = try sent.map { try NoteTaken(parsing: Event(parsing: $0.value).payload) }
      for book in Set(notes.map(\.book)) {
        #expect(notes.filter { $0.book == book }.map(\.number) == Array(0..<30))
      }
    }
  }

  @Test(
    "an event of another service's domain, of the host's, or one that is not declared is refused",
    arguments: TestEngine.available)
  func foreignDomain(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let other = ServiceEnvironment(
        name: "other", publishes: [], database: bench.database, transport: bench.transport,
        logger: bench.environment.logger, metrics: .init())
      await #expect(throws: PublishingError.self) {
        try await other.context().transaction { tx in try tx.publish(NoteTaken(book: "a", number: 1)) }
      }
    }
  }

  @Test("an event over the limit is refused and nothing of its transaction stays", arguments: TestEngine.available)
  func tooLarge(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let book = String(repeating: "x", count: EventPublisher.maximumSize)
      await #expect(throws: PublishingError.self) {
        try await bench.environment.context().transaction { tx in
          try tx.publish(NoteTaken(book: "a", number: 1))
          try tx.publish(NoteTaken(book: book, number: 2))
        }
      }
      try await relaying(bench, bench.environment) { _ in }
      #expect(try await log(bench.transport).isEmpty)
    }
  }

  @Test(
    "what a handler publishes belongs to the event's flow and names it as its cause", arguments: TestEngine.available)
  func inheritance(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let event = Event(
        NoteTaken(book: "a", number: 1), sourceService: "elsewhere",
        metadata: EventMetadata(userID: "ann", agentID: "agent", correlationID: "corr"))
      let context = bench.environment.context(handling: [event], by: "h")
      let made = try await context.transaction { tx in try tx.publish(NoteTaken(book: "b", number: 2)) }
      #expect(made.metadata.correlationID == "corr")
      #expect(made.metadata.causationID == event.id)
      #expect(made.metadata.userID == "ann")
      #expect(made.metadata.agentID == "agent")
      #expect(made.sourceService == "notes_service")
    }
  }

  @Test(
    "a second transaction for one event and handler finds that it has taken effect", arguments: TestEngine.available)
  func secondTransaction(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let event = Event(NoteTaken(book: "a", number: 1), sourceService: "elsewhere")
      for attempt in 0..<2 {
        let context = bench.environment.context(handling: [event], by: "h")
        do {
          try await context.transaction { tx in
            try tx.execute("INSERT INTO effects (book, number, handler) VALUES ('a', 1, 'keep')")
          }
          #expect(attempt == 0)
        } catch is AlreadyHandled {
          #expect(attempt == 1)
        }
      }
      #expect(try await bench.effects().count == 1)
    }
  }
}
