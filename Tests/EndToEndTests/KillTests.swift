import Events
import Foundation
import JSON
import KnowledgeGraphEvents
import MemoryEvents
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
      try await Self.verify(roost, ledger)
      roost.send(SIGTERM)
      #expect(await roost.end() == .exited(0))
    }
  }

  /// Creates memories and rewrites every other one, until the server is gone.
  private static func write(round: Int, writer: Int, _ client: MemoryClient, _ ledger: WriteLedger) async {
    for index in 0... {
      let visited = "John visited Paris in note \(round).\(writer).\(index)."
      guard let written = try? await client.create(visited, key: "\(round)-\(writer)-\(index)") else { return }
      ledger.acknowledge(written.memoryID, version: written.version, content: visited)
      guard index % 2 == 0 else { continue }
      let moved = "Mary visited London in note \(round).\(writer).\(index)."
      guard let updated = try? await client.update(written.memoryID, to: moved) else {
        ledger.doubt(written.memoryID, content: moved)
        return
      }
      ledger.acknowledge(written.memoryID, version: updated.version, content: moved)
    }
  }

  private static func verify(_ roost: RoostProcess, _ ledger: WriteLedger) async throws {
    let client = MemoryClient(url: roost.url)
    let stored = try await client.items("/v1/memories?user_id=john")
    var current: [String: (version: Int, content: String)] = [:]
    for memory in stored {
      let id = try #require(memory["memory_id"]?.stringValue)
      #expect(current[id] == nil, "a list names a memory twice")
      current[id] = (
        try #require(memory["version"]?.intValue), try #require(memory["content"]?.stringValue)
      )
    }
    for (id, entry) in ledger.entries {
      let memory = try #require(current[id], "an acknowledged memory is gone")
      let isAsAcknowledged = memory.version == entry.acknowledgedVersion && memory.content == entry.content
      let isAsDoubted = memory.version == entry.acknowledgedVersion + 1 && memory.content == entry.uncertainContent
      #expect(isAsAcknowledged || isAsDoubted, "the memory \(id) is not what was acknowledged")
    }
    let expected = current.values.reduce(0) { $0 + $1.version }
    let history = try await EventHistory.read(from: roost.url) { history in
      history.events.count { $0.type == KnowledgeGraphUpdated.eventType } >= expected
    }
    try checkExtractions(history, current.mapValues(\.version))
    try await checkFacts(client, current.mapValues(\.content))
  }

  /// One extraction and one update of the graph for each version of each memory, in the order of the versions.
  private static func checkExtractions(_ history: EventHistory, _ versions: [String: Int]) throws {
    var extracted: [String: [Int]] = [:]
    var causes: [String: Int] = [:]
    for (event, payload) in try history.events(of: MemoryEntityExtracted.self) {
      extracted[payload.memoryID, default: []].append(payload.memoryVersion)
      causes[event.id] = 0
    }
    #expect(Set(extracted.keys) == Set(versions.keys))
    for (id, found) in extracted { #expect(found == Array(1...(versions[id] ?? 0)), "extractions of \(id)") }
    for (event, _) in try history.events(of: KnowledgeGraphUpdated.self) {
      let cause = try #require(event.metadata.causationID)
      #expect(causes[cause] != nil, "an update of the graph whose cause is not in the log")
      causes[cause, default: 0] += 1
    }
    #expect(causes.values.allSatisfy { $0 == 1 }, "an extraction updated the graph other than once")
  }

  /// Each memory's text supports the one fact that it states, once, and no other.
  private static func checkFacts(_ client: MemoryClient, _ contents: [String: String]) async throws {
    let paris = contents.filter { $0.value.contains("Paris") }.map(\.key)
    let london = contents.filter { $0.value.contains("London") }.map(\.key)
    #expect(try await liveSources(client, of: "Paris").sorted() == paris.sorted())
    #expect(try await liveSources(client, of: "London").sorted() == london.sorted())
  }

  /// The memories that the fact `visited` about a place rests on now.
  private static func liveSources(_ client: MemoryClient, of place: String) async throws -> [String] {
    let entities = try await client.items("/v1/graph/entities?name=\(place)")
    let id = try #require(entities.first { $0["type"] == "location" }?["entity_id"]?.stringValue)
    let graph = try await client.get("/v1/graph/entities/\(id)/neighbourhood?depth=1")
    let facts = (graph["facts"]?.arrayValue ?? []).filter { $0["type"] == "visited" }
    var sources: [String] = []
    for fact in facts {
      let factID = try #require(fact["fact_id"]?.stringValue)
      for source in try await client.items("/v1/graph/facts/\(factID)/sources")
      where (source["withdrawn_at"] ?? .null).isNull {
        sources.append(try #require(source["memory_id"]?.stringValue))
      }
    }
    return sources
  }
}
