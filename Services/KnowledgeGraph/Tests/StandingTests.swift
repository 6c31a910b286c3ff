import MemoryEvents
import RoostTesting
import Testing

@testable import KnowledgeGraphService

/// When a name counts as confirmed, and when no more.
@Suite("The standing of entities")
struct StandingTests {
  private func texts(_ standings: [EntityStanding]) -> [String] {
    standings.map { "\($0.name) \($0.type) \($0.isConfirmed)" }
  }

  @Test(
    "the second memory that is sure of an entity confirms it, and no third tells of it", arguments: TestEngine.available
  )
  func confirmed(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      #expect(try await graph.standings("mem_1", [mention("Anna"), mention("Anna"), mention("Ben")]).isEmpty)
      let second = try await graph.standings("mem_2", [mention("anna"), mention("Carl")])
      #expect(texts(second) == ["Anna person true"])
      #expect(second.map(\.entityID) == (try await graph.entities(named: "Anna").map(\.entityID)))
      #expect(try await graph.standings("mem_3", [mention("Anna")]).isEmpty)
    }
  }

  @Test(
    "a memory that is not sure confirms nothing; the surest of its mentions counts", arguments: TestEngine.available)
  func unsure(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Anna", confidence: 0.6), mention("Anna", confidence: 0.75)])
      #expect(try await graph.standings("mem_2", [mention("Anna", confidence: 0.74)]).isEmpty)
      #expect(try await graph.standings("mem_3", [], [says("Anna", "knows", "Ben")]).isEmpty)
      #expect(texts(try await graph.standings("mem_4", [mention("Anna", confidence: 0.8)])) == ["Anna person true"])
    }
  }

  @Test(
    "another reading of one memory is no second witness, and may take its word back", arguments: TestEngine.available)
  func versions(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Anna")])
      #expect(try await graph.standings("mem_1", version: 2, [mention("Anna")]).isEmpty)
      try await graph.extract("mem_2", [mention("Anna")])
      #expect(
        texts(try await graph.standings("mem_1", version: 3, [mention("Anna", confidence: 0.5)]))
          == ["Anna person false"])
      #expect(texts(try await graph.standings("mem_1", version: 4, [mention("Anna")])) == ["Anna person true"])
      #expect(texts(try await graph.standings("mem_1", version: 5, [mention("Ben")])) == ["Anna person false"])
      // Told again, it changes nothing.
      #expect(try await graph.standings("mem_1", version: 5, [mention("Anna")]).isEmpty)
    }
  }

  @Test("deleting one of two witnesses takes the confirmation back", arguments: TestEngine.available)
  func deleted(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Anna")])
      try await graph.extract("mem_2", [mention("Anna")])
      #expect(texts(try await graph.standings(deleting: "mem_1")) == ["Anna person false"])
      #expect(try await graph.standings(deleting: "mem_2").isEmpty)
      #expect(try await graph.standings(deleting: "mem_2").isEmpty)
    }
  }

  @Test(
    "of several changes in one transaction the outcome is told, and nothing when they cancel out",
    arguments: TestEngine.available)
  func together(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let turned = try await graph.database.write { tx in
        var changes = StandingChanges()
        for (memory, names) in [("mem_1", ["Anna", "Ben"]), ("mem_2", ["Ben", "Carl", "Anna"]), ("mem_3", ["Anna"])] {
          let extraction = MemoryEntityExtracted(
            memoryID: memory, memoryVersion: 1, extractor: "rules/1", entities: names.map { mention($0) },
            relationships: [])
          let told = GraphWriter.Told(extraction: extraction, eventID: memory, at: TestGraph.epoch)
          let update = try GraphWriter(tx, now: TestGraph.epoch).apply([told])[0]
          changes.add(update.counts, causedBy: TestGraph.cause)
        }
        let deletion = try GraphWriter(tx, now: TestGraph.epoch).delete(
          MemoryDeleted(memoryID: "mem_2", version: 2), eventID: "deletion")
        changes.add(deletion.counts, causedBy: TestGraph.cause)
        return try changes.turned(in: tx).map(\.standing)
      }
      #expect(texts(turned) == ["Anna person true"])
    }
  }

  @Test("a confirmed entity that gets a telling type is told of again", arguments: TestEngine.available)
  func retyped(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Tea", "concept")])
      #expect(texts(try await graph.standings("mem_2", [mention("Tea", "concept")])) == ["Tea concept true"])
      #expect(texts(try await graph.standings("mem_3", [mention("Tea", "product")])) == ["Tea product true"])
    }
  }
}
