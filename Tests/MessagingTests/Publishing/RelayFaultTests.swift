import Events
import RoostTesting
import Storage
import Testing

@testable import Messaging

@Suite("A relay's faults", .timeLimit(.minutes(5)))
struct RelayFaultTests {
  @Test(
    "while the transport is away the outbox grows and writing goes on; then all is sent in order",
    arguments: TestEngine.available)
  func transportAway(on engine: TestEngine) async throws {
    try await RelayBench.run(on: engine) { bench in
      let life = bench.life()
      bench.transport.fail { _ in TransportError(.unavailable, "away") }
      try await bench.relaying(life) { relay in
        for number in 0..<20 {
          try await bench.publish((0..<5).map { NoteTaken(book: "book-\($0)", number: number) }, in: life)
        }
        #expect(try await relay.pending() == 100)
        bench.transport.fail(nil)
        try await bench.transport.arrived.wait(count: 100)
      }
      #expect(bench.transport.arrived.elements.count == 100)
      for book in 0..<5 { #expect(try bench.arrivedNumbers(of: "book-\(book)") == Array(0..<20)) }
    }
  }

  @Test(
    "keys that the transport cannot take hold up nobody else, and keep their order", arguments: TestEngine.available)
  func partOfTheTransportAway(on engine: TestEngine) async throws {
    try await RelayBench.run(on: engine) { bench in
      let life = bench.life()
      bench.transport.fail { $0.key == "stuck" ? TransportError(.outcomeUnknown, "no leader") : nil }
      try await bench.relaying(life) { _ in
        // More than a batch of them lies before the others.
        try await bench.publish((0..<1_500).map { NoteTaken(book: "stuck", number: $0) }, in: life)
        try await bench.publish([NoteTaken(book: "free", number: 1)], in: life)
        try await bench.transport.arrived.wait(count: 1)
        #expect(try bench.arrivedNumbers(of: "free") == [1])
        bench.transport.fail(nil)
        try await bench.transport.arrived.wait(count: 1_501)
      }
      #expect(try bench.arrivedNumbers(of: "stuck") == Array(0..<1_500))
    }
  }

  @Test(
    "what the transport refuses for good is put aside with the reason, and blocks nobody",
    arguments: TestEngine.available)
  func refusal(on engine: TestEngine) async throws {
    try await RelayBench.run(on: engine) { bench in
      let life = bench.life()
      bench.transport.fail { $0.key == "bad" ? TransportError(.refused, "not that one") : nil }
      try await bench.relaying(life) { relay in
        try await bench.publish(
          [NoteTaken(book: "bad", number: 1), NoteTaken(book: "good", number: 2), NoteTaken(book: "bad", number: 3)],
          in: life)
        try await bench.transport.arrived.wait(count: 1)
      }
      #expect(try await bench.rows(of: "outbox") == 0)
      let errors = try await bench.database.read { tx in
        try tx.query("SELECT key, error FROM outbox_rejected ORDER BY sequence") {
          "\(try $0.rawText(0)) \(try $0.rawText(1))"
        }
      }
      #expect(errors == ["bad refused: not that one", "bad refused: not that one"])
    }
  }

  @Test("a row whose sequence lies below what was sent already is sent all the same", arguments: TestEngine.available)
  func lateCommit(on engine: TestEngine) async throws {
    try await RelayBench.run(on: engine) { bench in
      let life = bench.life()
      try await bench.publish([NoteTaken(book: "early", number: 1), NoteTaken(book: "late", number: 2)], in: life)
      // The first one's transaction is still open, as it may be in a database with many writers.
      try await bench.database.write { tx in
        try tx.executeScript(
          """
          CREATE TABLE open_transaction AS SELECT * FROM outbox WHERE key = 'early';
          DELETE FROM outbox WHERE key = 'early';
          """)
      }
      try await bench.relaying(life) { _ in
        try await bench.transport.arrived.wait(count: 1)
        try await bench.database.write { tx in
          try tx.executeScript("INSERT INTO outbox SELECT * FROM open_transaction")
        }
        life.outboxSignal.send()
        try await bench.transport.arrived.wait(count: 2)
      }
      #expect(bench.transport.arrived.elements.map(\.key) == ["late", "early"])
    }
  }

  @Test(
    "an event that was appended and not deleted before a crash comes again with the same id and bytes",
    arguments: TestEngine.available)
  func crashBeforeDeleting(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await RelayBench.run(on: engine, clock: clock) { bench in
      let life = bench.life()
      bench.transport.fail { [database = bench.database] _ in
        database.fail(with: DatabaseError(.inputOutput, "the process is as good as dead"))
        return nil
      }
      let dying = OutboxRelay(environment: life)
      let events = try await bench.publish([NoteTaken(book: "a", number: 1)], in: life)
      let running = Task { await dying.run() }
      try await bench.transport.arrived.wait(count: 1)
      running.cancel()
      await running.value
      #expect(try await bench.rows(of: "outbox") == 1)

      bench.transport.fail(nil)
      bench.database.fail(with: nil)
      try await bench.relaying(bench.life()) { _ in
        // The dead one's lease has to run out first.
        try await bench.bench.wait("it is sent again") {
          clock.advance(by: .seconds(1))
          return bench.transport.arrived.elements.count == 2
        }
      }
      #expect(bench.transport.arrived.elements.map(\.eventID) == [events[0].id, events[0].id])
      #expect(bench.transport.arrived.elements[0] == bench.transport.arrived.elements[1])
      #expect(try await bench.rows(of: "outbox") == 0)
    }
  }

  @Test("a relay that is cancelled finishes its batch and gives its leases back", arguments: TestEngine.available)
  func cancellation(on engine: TestEngine) async throws {
    try await RelayBench.run(on: engine) { bench in
      let life = bench.life()
      let gate = Gate()
      bench.transport.hold(at: gate)
      try await bench.publish([NoteTaken(book: "a", number: 1)], in: life)
      let running = Task { await OutboxRelay(environment: life).run() }
      await gate.waitForArrivals(1)
      running.cancel()
      gate.open()
      await running.value
      #expect(bench.transport.arrived.elements.count == 1)
      #expect(try await bench.rows(of: "outbox") == 0)
      #expect(try await bench.rows(of: "leases") == 0)
    }
  }

  @Test(
    "draining sends what waits, and ends at its deadline when the transport is away", arguments: TestEngine.available)
  func draining(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await RelayBench.run(on: engine, clock: clock) { bench in
      let life = bench.life()
      bench.transport.fail { _ in TransportError(.unavailable, "away") }
      try await bench.publish([NoteTaken(book: "a", number: 1)], in: life)
      let relay = OutboxRelay(environment: life)
      let running = Task { await relay.run() }
      let draining = Task { await relay.drain(grace: .seconds(30)) }
      try await bench.bench.wait("the grace is over") {
        clock.advance(by: .seconds(1))
        if case .ended = relay.phase { return true }
        return false
      }
      await draining.value
      await running.value
      #expect(try await bench.rows(of: "outbox") == 1)

      bench.transport.fail(nil)
      try await bench.relaying(bench.life()) { _ in }
      #expect(bench.transport.arrived.elements.count == 1)
    }
  }

  @Test("a relay that never ran is drained at once", arguments: TestEngine.available)
  func neverRan(on engine: TestEngine) async throws {
    try await RelayBench.run(on: engine) { bench in
      await OutboxRelay(environment: bench.life()).drain(grace: .seconds(3_600))
    }
  }
}
