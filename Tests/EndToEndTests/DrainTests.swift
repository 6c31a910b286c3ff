import Events
import Foundation
import KnowledgeGraphEvents
import RoostTesting
import Testing

/// A stop that was asked for, in the middle of the work.
@Suite("Stopped with SIGTERM")
struct DrainTests {
  @Test(
    "what was acknowledged before a stop is there after it, and not even the log holds anything twice",
    .timeLimit(.minutes(5)))
  func drains() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      let ledger = WriteLedger()
      for round in 0..<3 {
        let roost = try RoostProcess(dataFolder: data)
        try await roost.waitUntilReady()
        let client = MemoryClient(url: roost.url)
        await withTaskGroup { group in
          for writer in 0..<6 {
            group.addTask {
              for index in 0... {
                let text = "John visited Paris in note \(round).\(writer).\(index)."
                guard let written = try? await client.create(text, key: text) else { return }
                ledger.acknowledge(written.memoryID, version: written.version, content: text)
              }
            }
          }
          await ledger.wait(for: ledger.acknowledgements + 50)
          roost.send(SIGTERM)
          #expect(await roost.end() == .exited(0))
        }
      }
      let roost = try RoostProcess(dataFolder: data)
      try await roost.waitUntilReady()
      let stored = try await MemoryClient(url: roost.url).items("/v1/memories?user_id=john")
      let ids = Set(stored.compactMap { $0["memory_id"]?.stringValue })
      #expect(Set(ledger.entries.keys).subtracting(ids) == [])
      let history = try await EventHistory.read(from: roost.url) { history in
        history.events.count { $0.type == KnowledgeGraphUpdated.eventType } >= ids.count
      }
      #expect(history.repeats == 0)
    }
  }
}
