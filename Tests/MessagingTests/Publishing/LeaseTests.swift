import Events
import RoostTesting
import Storage
import Testing

@testable import Messaging

@Suite("Leases", .timeLimit(.minutes(5)))
struct LeaseTests {
  @Test("a second relay takes its share only when the first has given it back", arguments: TestEngine.available)
  func sharing(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await Bench.run(on: engine, clock: clock) { bench in
      var first = LeaseKeeper(clock: clock)
      var second = LeaseKeeper(clock: clock)
      #expect(try await first.renew(bench.database).fences.count == VirtualPartition.count)
      #expect(try await second.renew(bench.database).fences.isEmpty)
      let kept = try await first.renew(bench.database).fences
      let taken = try await second.renew(bench.database).fences
      #expect(kept.count == VirtualPartition.count / 2)
      #expect(taken.count == VirtualPartition.count / 2)
      #expect(Set(kept.keys).isDisjoint(with: taken.keys))
    }
  }

  @Test(
    "a lease that is not renewed is over after its duration, whatever the wall clock says",
    arguments: TestEngine.available)
  func expiry(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await Bench.run(on: engine, clock: clock) { bench in
      var first = LeaseKeeper(clock: clock)
      var second = LeaseKeeper(clock: clock)
      let held = try await first.renew(bench.database)
      _ = try await second.renew(bench.database)
      clock.jump(to: clock.now() + .seconds(100_000))
      #expect(try await second.renew(bench.database).fences.isEmpty)
      clock.advance(by: LeaseKeeper.duration - .milliseconds(1))
      #expect(try await second.renew(bench.database).fences.isEmpty)
      clock.advance(by: .milliseconds(1))
      let taken = try await second.renew(bench.database)
      #expect(taken.fences.count == VirtualPartition.count)
      #expect(clock.uptime() >= held.validUntil, "the first relay may still have been sending")
      for (partition, fence) in taken.fences { #expect(fence > held.fences[partition] ?? 0) }
    }
  }

  @Test("the lease of a process that has ended is over at once", arguments: TestEngine.available)
  func endedProcess(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await Bench.run(on: engine, clock: clock) { bench in
      let gone = ProcessIdentity(place: ProcessIdentity.current.place, processID: 1 << 22, startTime: "1")
      try await bench.database.write { tx in
        try tx.execute("INSERT INTO leases (owner, renewal, renewed_at) VALUES (?, 9, 0)", gone.text + "|x")
        try tx.execute("UPDATE leased_partitions SET owner = ?", gone.text + "|x")
      }
      var keeper = LeaseKeeper(clock: clock)
      #expect(try await keeper.renew(bench.database).fences.count == VirtualPartition.count)
    }
  }

  @Test("a process knows itself to be there, and another machine's processes it cannot tell")
  func identity() throws {
    let current = ProcessIdentity.current
    #expect(!current.isGone)
    #expect(ProcessIdentity(parsing: current.text + "|relay") == current)
    #expect(!ProcessIdentity(place: "elsewhere|pid:[1]", processID: 1 << 22, startTime: "1").isGone)
  }
}
