import Events
import RoostTesting
import Storage
import Testing

@testable import Messaging

@Suite("Pruning the inbox", .timeLimit(.minutes(5)))
struct InboxPrunerTests {
  @Test("rows are forgotten after the retention and not before", arguments: TestEngine.available)
  func retention(on engine: TestEngine) async throws {
    let clock = ManualClock()
    try await Bench.run(on: engine, clock: clock) { bench in
      let start = clock.now()
      try await bench.database.write { tx in
        for number in 0..<2_500 {
          let age: Duration = number % 2 == 0 ? .seconds(1) : .zero
          try Inbox.record(
            handler: number < 1_000 ? "a" : "b", eventID: "event-\(number)", at: start - age, in: tx)
        }
      }
      clock.advance(by: InboxPruner.retention)
      try await InboxPruner(environment: bench.environment).prune()
      let left = try await bench.database.read { tx in
        try tx.query("SELECT event_id FROM inbox") { try $0.rawText(0) }
      }
      #expect(Set(left) == Set((0..<2_500).filter { $0 % 2 == 1 }.map { "event-\($0)" }))
    }
  }
}
