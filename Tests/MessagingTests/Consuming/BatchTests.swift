import Events
import RoostTesting
import Storage
import Synchronization
import Testing

@testable import Messaging

@Suite("Events handled together", .timeLimit(.minutes(5)))
struct BatchTests {
  struct Trouble: Error {}

  /// What a handler was called with, call by call.
  private final class Calls: Sendable {
    private let calls = Mutex<[[NoteTaken]]>([])

    func note(_ notes: [NoteTaken]) { calls.withLock { $0.append(notes) } }
    var all: [[NoteTaken]] { calls.withLock { $0 } }
  }

  /// A handler that takes ten at once at most; `before` runs first and may fail.
  private func keeping(
    _ calls: Calls, before: @escaping @Sendable ([NoteTaken]) throws -> Void = { _ in }
  ) -> EventHandler {
    EventHandler([EventPattern(NoteTaken.eventType)], name: "keep", options: .quick, batch: 10) { events, context in
      let notes = try events.map { try $0.decode(NoteTaken.self) }
      calls.note(notes)
      try before(notes)
      try await context.transaction { tx in
        for note in notes {
          try tx.execute("INSERT INTO effects (book, number, handler) VALUES (?, ?, 'keep')", note.book, note.number)
        }
      }
    }
  }

  @Test(
    "events of many keys are handled together up to the bound, never two of a key, each key in order",
    arguments: TestEngine.available)
  func together(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let calls = Calls()
      let books = (0..<30).map { "book-\($0)" }
      var numbers = 0..<0
      try await bench.consuming([keeping(calls)]) { _ in
        // On a busy machine few may have come when a handler is free: more are sent until once there were enough.
        repeat {
          let next = numbers.upperBound..<numbers.upperBound + 5
          try await bench.append(next.flatMap { number in books.map { NoteTaken(book: $0, number: number) } })
          try await bench.waitUntilDone()
          numbers = 0..<next.upperBound
        } while !calls.all.contains { $0.count == 10 } && numbers.count < 100
      }
      let effects = try await bench.effects()
      #expect(effects.count == books.count * numbers.count)
      for book in books { #expect(effects.filter { $0.book == book }.map(\.number) == Array(numbers)) }
      #expect(calls.all.contains { $0.count == 10 })
      #expect(calls.all.allSatisfy { $0.count <= 10 && Set($0.map(\.book)).count == $0.count })
    }
  }

  @Test(
    "where one of them fails, nothing of the attempt stays, and the others take effect by themselves",
    arguments: TestEngine.available)
  func failing(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let calls = Calls()
      let handler = keeping(calls) { notes in if notes.contains(where: { $0.number == 7 }) { throw Trouble() } }
      try await bench.append((0..<20).map { NoteTaken(book: "book-\($0)", number: $0) })
      try await bench.consuming([handler]) { consumer in
        try await bench.waitUntilDone()
        let failed = try await consumer.failedDeliveries.list(limit: 100)
        #expect(failed.count == 1)
        #expect(failed.first?.attempts == 3)
      }
      #expect(try await bench.effects().map(\.number).sorted() == (0..<20).filter { $0 != 7 })
    }
  }

  @Test("one that has taken effect before does so once, and the others with it do", arguments: TestEngine.available)
  func redelivery(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let calls = Calls()
      let events = try await bench.append((0..<10).map { NoteTaken(book: "book-\($0)", number: $0) })
      try await bench.database.write { tx in
        try Inbox.record(handler: "keep", eventID: events[4].id, at: Timestamp.now(), in: tx)
      }
      try await bench.consuming([keeping(calls)]) { consumer in
        try await bench.waitUntilDone()
        #expect(try await consumer.failedDeliveries.list(limit: 100).isEmpty)
      }
      #expect(try await bench.effects().map(\.number).sorted() == (0..<10).filter { $0 != 4 })
    }
  }

  @Test(
    "what is handled together belongs to no event, and what it publishes starts a flow", arguments: TestEngine.available
  )
  func context(on engine: TestEngine) async throws {
    try await Bench.run(on: engine) { bench in
      let contexts = Mutex<[(count: Int, event: String?, flow: String)]>([])
      let handler = EventHandler([EventPattern(NoteTaken.eventType)], name: "keep", options: .quick, batch: 10) {
        events, context in
        contexts.withLock { $0.append((events.count, context.event?.id, context.correlationID)) }
      }
      let events = try await bench.append((0..<10).map { NoteTaken(book: "book-\($0)", number: $0) })
      try await bench.consuming([handler]) { _ in try await bench.waitUntilDone() }
      // A handler that makes no transaction has its inbox rows all the same.
      let handled = try await bench.database.read { tx in
        try Inbox.contains(handler: "keep", eventIDs: events.map(\.id), in: tx)
      }
      #expect(handled.count == 10)
      for (count, event, flow) in contexts.withLock({ $0 }) {
        #expect((event == nil) == (count > 1))
        #expect(!flow.isEmpty)
      }
    }
  }
}
