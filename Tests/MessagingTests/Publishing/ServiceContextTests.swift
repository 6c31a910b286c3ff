import Events
import HostEvents
import RoostTesting
import Storage
import Telemetry
import Testing

@testable import Messaging

@Suite("A service's transactions", .timeLimit(.minutes(5)))
struct ServiceContextTests {
  struct Trouble: Error {}

  @Test("a transaction that throws takes nothing of its neighbours with it", arguments: TestEngine.available)
  func neighbours(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let context = bench.environment.context()
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<60 {
          group.addTask {
            _ = try? await context.transaction { tx in
              try tx.execute("INSERT INTO effects (book, number, handler) VALUES ('a', ?, 'keep')", number)
              try tx.publish(NoteTaken(book: "a", number: number))
              if number % 3 == 0 { throw Trouble() }
            }
          }
        }
      }
      let expected = Set((0..<60).filter { $0 % 3 != 0 })
      #expect(Set(try await bench.effects().map(\.number)) == expected)
      let published = try await bench.database.read { tx in
        try tx.query("SELECT value FROM outbox") { try Event(parsing: try $0.bytes(0)).decode(NoteTaken.self).number }
      }
      #expect(published.sorted() == expected.sorted())
    }
  }

  @Test(
    "an attempt that is over has no effect any more, not even half-way through its closure",
    arguments: TestEngine.available)
  func invalidation(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let event = Event(NoteTaken(book: "a", number: 1), sourceService: "elsewhere")
      let context = bench.environment.context(handling: [event], by: "h")
      let call = try #require(context.call)
      await #expect(throws: HandlerCallEnded.self) {
        try await context.transaction { tx in
          try tx.execute("INSERT INTO effects (book, number, handler) VALUES ('a', 1, 'keep')")
          call.invalidate()
        }
      }
      await #expect(throws: HandlerCallEnded.self) { try await context.transaction { _ in } }
      #expect(!call.hasCommitted)
      #expect(try await bench.effects().isEmpty)

      let next = bench.environment.context(handling: [event], by: "h")
      try await next.transaction { _ in }
      #expect(next.call?.hasCommitted == true)
    }
  }

  @Test("a failed transaction leaves no inbox row: the event can be handled again", arguments: TestEngine.available)
  func failureLeavesNoInboxRow(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let event = Event(NoteTaken(book: "a", number: 1), sourceService: "elsewhere")
      await #expect(throws: Trouble.self) {
        try await bench.environment.context(handling: [event], by: "h").transaction { _ in throw Trouble() }
      }
      try await bench.environment.context(handling: [event], by: "h").transaction { _ in }
      let found = try await bench.database.read { tx in
        try Inbox.contains(handler: "h", eventIDs: [event.id, "another"], in: tx)
      }
      #expect(found == [event.id])
    }
  }

  @Test("a command starts a flow, and keeps the one it is given", arguments: TestEngine.available)
  func flows(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let fresh = bench.environment.context()
      #expect(fresh.correlationID.hasPrefix("corr_"))
      let given = bench.environment.context(EventMetadata(correlationID: "corr_1")).acting(userID: "ann")
      let event = try await given.transaction { tx in
        try tx.publish(NoteTaken(book: "a", number: 1), metadata: EventMetadata(agentID: "bot", version: "7"))
      }
      #expect(
        event.metadata
          == EventMetadata(userID: "ann", agentID: "bot", correlationID: "corr_1", version: "1.0"))
    }
  }

  @Test(
    "an event without a correlation id starts a flow that every handler names alike", arguments: TestEngine.available)
  func foreignEvent(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let event = Event(NoteTaken(book: "a", number: 1), sourceService: "elsewhere")
      #expect(bench.environment.context(handling: [event], by: "one").correlationID == event.id)
      #expect(bench.environment.context(handling: [event], by: "two").correlationID == event.id)
    }
  }

  @Test(
    "an event carries the span that it was published in, in its envelope and in its headers",
    arguments: TestEngine.available)
  func tracing(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let span = TraceContext.make()
      let context = bench.environment.context(EventMetadata(traceparent: TraceContext.make().traceparent))
      let event = try await TraceContext.$current.withValue(span) {
        try await context.transaction { tx in try tx.publish(NoteTaken(book: "a", number: 1)) }
      }
      #expect(event.metadata.traceparent == span.traceparent)
      let headers = try await bench.database.read { tx in
        try tx.first("SELECT headers FROM outbox") { EventHeaders(encoded: try $0.bytes(0)) }
      }
      #expect(headers?[EventHeaders.traceparent] == span.traceparent)
      #expect(headers?[EventHeaders.cloudEventSource] == "notes_service")
      #expect(headers?[EventHeaders.cloudEventTime] == event.timestamp.description)
    }
  }

  @Test("a service publishes what it declares, in its own domains, and never for the host")
  func rules() async throws {
    let rules = PublishingRules(service: "notes", publishes: [NoteTaken.self, DeliveryFailed.self])
    try rules.check("notes.note.taken")
    #expect(kind { try rules.check("notes.note.lost") } == .notDeclared)
    #expect(kind { try rules.check("memory.created") } == .foreignDomain)
    #expect(kind { try rules.check("delivery.failed") } == .hostDomain)
    #expect(kind { try rules.check("circuit_breaker.state.changed") } == .hostDomain)
    try rules.checkHost("delivery.failed")
    #expect(kind { try rules.checkHost("notes.note.taken") } == .foreignDomain)
  }

  @Test("a payload that breaks its own schema is refused", arguments: TestEngine.available)
  func invalidPayload(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let now = bench.clock.now()
      let environment = bench.environment
      let broken = CircuitBreakerCallFailed(serviceName: "", failureCount: 1, error: "")
      await #expect(throws: PublishingError.self) {
        try await bench.database.write { tx in try environment.publishHostEvent(broken, at: now, in: tx) }
      }
    }
  }

  private func kind(_ body: () throws -> Void) -> PublishingError.Kind? {
    do {
      try body()
      return nil
    } catch {
      return (error as? PublishingError)?.kind
    }
  }
}
