import Events
import RoostTesting
import Storage
import Testing

@testable import Messaging

@Suite("Relays that share an outbox", .timeLimit(.minutes(5)))
struct SharedOutboxTests {
  /// One relay with a transport that a watch sees.
  private struct Member {
    let environment: ServiceEnvironment
    let transport: ScriptedTransport
    let relay: OutboxRelay
    let running: Task<Void, Never>

    init(_ bench: RelayBench, _ watch: KeyWatch) {
      let transport = ScriptedTransport(watch: watch)
      let environment = bench.life(transport)
      let relay = OutboxRelay(environment: environment)
      (self.transport, self.environment, self.relay) = (transport, environment, relay)
      running = Task { await relay.run() }
    }
  }

  @Test(
    "each piece of work is the turn of one process, and of another one when that stops",
    arguments: TestEngine.available)
  func turns(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await RelayBench.run(on: engine, clock: clock) { bench in
      let works = (0..<64).map { "work \($0)" }
      func turns(of member: Member) -> Int {
        works.count { member.environment.context().hasTurn(at: $0) }
      }
      let first = Member(bench, KeyWatch())
      try await bench.bench.wait("it is the first one's turn everywhere") { turns(of: first) == works.count }
      let second = Member(bench, KeyWatch())
      #expect(turns(of: second) == 0)
      try await bench.bench.wait("the two share") {
        clock.advance(by: .milliseconds(500))
        return turns(of: second) > 0 && turns(of: first) + turns(of: second) == works.count
      }
      let shared = works.filter { work in
        [first, second].allSatisfy { $0.environment.context().hasTurn(at: work) }
      }
      #expect(shared.isEmpty)
      await first.relay.drain(grace: .seconds(10))
      await first.running.value
      #expect(turns(of: first) == 0)
      try await bench.bench.wait("it is the second one's turn everywhere") {
        clock.advance(by: .milliseconds(500))
        return turns(of: second) == works.count
      }
      await second.relay.drain(grace: .seconds(10))
      await second.running.value
    }
  }

  @Test(
    "a relay that joins takes a share, one that leaves hands it on; no key is ever with two, and none is reordered",
    arguments: TestEngine.available)
  func joiningAndLeaving(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await RelayBench.run(on: engine, clock: clock) { bench in
      let watch = KeyWatch()
      var number = 0
      func write(until what: String, _ condition: () -> Bool) async throws {
        try await bench.bench.wait(what) {
          let notes = (0..<16).map { NoteTaken(book: "book-\($0)", number: number) }
          try await bench.publish(notes, in: bench.bench.environment)
          number += 1
          clock.advance(by: .milliseconds(500))
          return condition()
        }
      }
      let first = Member(bench, watch)
      try await write(until: "the first sends") { !first.transport.arrived.elements.isEmpty }
      let second = Member(bench, watch)
      try await write(until: "the second sends") { !second.transport.arrived.elements.isEmpty }
      await first.relay.drain(grace: .seconds(10))
      await first.running.value
      let before = Set(second.transport.arrived.elements.map(\.key))
      try await write(until: "the second has it all") {
        Set(second.transport.arrived.elements.map(\.key)).count == 16
      }
      #expect(before.count < 16, "the two never shared")
      // Little by little: in a clock that runs ahead of the database a lease is over before its holder can do a thing.
      try await bench.bench.wait("all is sent") {
        clock.advance(by: .milliseconds(10))
        return watch.arrived.count >= number * 16
      }
      await second.relay.drain(grace: .seconds(10))
      await second.running.value

      #expect(watch.collisions.isEmpty)
      let notes = try watch.arrived.map { try NoteTaken(parsing: Event(parsing: $0.value).payload) }
      for book in 0..<16 {
        #expect(notes.filter { $0.book == "book-\(book)" }.map(\.number) == Array(0..<number))
      }
      #expect(try await bench.rows(of: "outbox") == 0)
      #expect(try await bench.rows(of: "leases") == 0)
    }
  }
}
