import Events
import RoostTesting
import Storage
import Testing

@testable import Messaging

@Suite("Fences", .timeLimit(.minutes(5)))
struct FenceTests {
  @Test("a relay that has lost its lease deletes nothing and puts nothing aside", arguments: TestEngine.available)
  func lateDelete(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await RelayBench.run(on: engine, clock: clock) { bench in
      try await bench.publish([NoteTaken(book: "a", number: 1), NoteTaken(book: "a", number: 2)], in: bench.life())
      let partition = VirtualPartition.of("a")
      var stopped = LeaseKeeper(clock: clock)
      var successor = LeaseKeeper(clock: clock)
      let old = try #require(try await stopped.renew(bench.database).fences[partition])
      _ = try await successor.renew(bench.database)
      clock.advance(by: LeaseKeeper.duration)
      let new = try #require(try await successor.renew(bench.database).fences[partition])
      #expect(new > old)

      try await remove(sequences: [1], partition, fence: old, refusal: nil, in: bench)
      try await remove(sequences: [2], partition, fence: old, refusal: TransportError(.refused, "no"), in: bench)
      #expect(try await bench.rows(of: "outbox") == 2)
      #expect(try await bench.rows(of: "outbox_rejected") == 0)

      try await remove(sequences: [1], partition, fence: new, refusal: nil, in: bench)
      try await remove(sequences: [2], partition, fence: new, refusal: TransportError(.refused, "no"), in: bench)
      #expect(try await bench.rows(of: "outbox") == 0)
      #expect(try await bench.rows(of: "outbox_rejected") == 1)
    }
  }

  @Test(
    "a relay that has lost its lease learns of it when it renews, and takes nothing from its successor",
    arguments: TestEngine.available)
  func lostLease(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await RelayBench.run(on: engine, clock: clock) { bench in
      var stopped = LeaseKeeper(clock: clock)
      var successor = LeaseKeeper(clock: clock)
      _ = try await stopped.renew(bench.database)
      _ = try await successor.renew(bench.database)
      clock.advance(by: LeaseKeeper.duration)
      #expect(try await successor.renew(bench.database).fences.count == VirtualPartition.count)
      try await stopped.beat(bench.database)
      #expect(try await stopped.renew(bench.database).fences.isEmpty)
    }
  }

  @Test("an append that takes longer than a lease keeps it all the while", arguments: TestEngine.available)
  func longAppend(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await RelayBench.run(on: engine, clock: clock) { bench in
      let life = bench.life()
      let gate = Gate()
      bench.transport.hold(at: gate)
      try await bench.publish([NoteTaken(book: "a", number: 1)], in: life)
      try await bench.relaying(life) { _ in
        defer { gate.open() }
        await gate.waitForArrivals(1)
        var other = LeaseKeeper(clock: clock)
        for _ in 0..<8 {
          let before = try await renewal(in: bench, except: other.owner)
          clock.advance(by: LeaseKeeper.renewalInterval)
          try await bench.bench.wait("the lease is renewed") {
            try await renewal(in: bench, except: other.owner) > before
          }
          #expect(try await other.renew(bench.database).fences.isEmpty)
        }
        try await other.release(bench.database)
        gate.open()
        try await bench.transport.arrived.wait(count: 1)
      }
    }
  }

  private func remove(
    sequences: [Int64], _ partition: Int, fence: Int, refusal: TransportError?, in bench: RelayBench
  ) async throws {
    let rows = sequences.map {
      SettledRow(sequence: $0, virtualPartition: partition, fence: fence, refusal: refusal)
    }
    let now = bench.bench.clock.now()
    try await bench.database.write { tx in try OutboxRow.remove(rows, at: now, in: tx) }
  }

  private func renewal(in bench: RelayBench, except owner: String) async throws -> Int {
    try await bench.database.read { tx in
      try tx.first("SELECT renewal FROM leases WHERE owner <> ?", owner) { try $0.int(0) } ?? 0
    }
  }
}
