import Events
import RoostTesting
import Storage
import Testing

@testable import Messaging

@Suite("Relays that share an outbox", .timeLimit(.minutes(1)))
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

  @Test("a relay that joins takes a share, one that leaves hands it on; no key is ever with two, and none is reordered")
  func joiningAndLeaving() async throws {
    let clock = ManualClock()
    try await RelayBench.run(clock: clock) { bench in
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
      try await bench.bench.wait("all is sent") {
        clock.advance(by: .milliseconds(500))
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
