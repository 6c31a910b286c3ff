import Foundation
import RoostTesting
import Testing

/// Nothing lost, nothing done twice, order kept: while the process is killed again and again.
@Suite("Killed with SIGKILL")
struct KillTests {
  private static let rounds = 10
  private static let writers = 6

  @Test(
    "every acknowledged memory has one extraction for each version and its facts once, after ten kills",
    .timeLimit(.minutes(5)), arguments: [UInt64(20_261_124)])
  func killed(seed: UInt64) async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      let ledger = WriteLedger()
      var random = SeededGenerator(seed: seed)
      for round in 0..<Self.rounds {
        let roost = try RoostProcess(dataFolder: data)
        try await roost.waitUntilReady()
        let client = MemoryClient(url: roost.url)
        try await withThrowingTaskGroup { group in
          for writer in 0..<Self.writers {
            group.addTask { await Self.write(round: round, writer: writer, client, ledger) }
          }
          // The point is random in what has been acknowledged, and by that in what is under way behind it.
          await ledger.wait(for: ledger.acknowledgements + Int.random(in: 1...60, using: &random))
          await roost.killHard()
          try await group.waitForAll()
        }
      }
      let roost = try RoostProcess(dataFolder: data)
      try await roost.waitUntilReady()
      try await MemoryAudit(url: roost.url, ledger: ledger).run()
      roost.send(SIGTERM)
      #expect(await roost.end() == .exited(0))
    }
  }

  /// Creates memories and rewrites every other one, until the server is gone.
  private static func write(round: Int, writer: Int, _ client: MemoryClient, _ ledger: WriteLedger) async {
    for index in 0... {
      let visited = MemoryAudit.visited("\(round).\(writer).\(index)")
      guard let written = try? await client.create(visited, key: "\(round)-\(writer)-\(index)") else { return }
      ledger.acknowledge(written.memoryID, version: written.version, content: visited)
      guard index % 2 == 0 else { continue }
      let moved = MemoryAudit.moved("\(round).\(writer).\(index)")
      guard let updated = try? await client.update(written.memoryID, to: moved) else {
        ledger.doubt(written.memoryID, content: moved)
        return
      }
      ledger.acknowledge(written.memoryID, version: updated.version, content: moved)
    }
  }
}
