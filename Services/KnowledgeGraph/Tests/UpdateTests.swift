import Events
import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("Updates")
struct UpdateTests {
  @Test("a first extraction adds its entities and facts, and says so", arguments: TestEngine.available)
  func first(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let change = try await graph.extract(
        "mem_1", [mention("Anna"), mention("Acme", "organization")],
        [says("Anna", "works_at", "Acme", confidence: 0.75, span: 0..<19, text: "Anna works at Acme.")],
        createdAt: TestGraph.time(-60))

      #expect(change.memoryID == "mem_1")
      #expect(change.entitiesAdded.count == 2)
      #expect(change.factsAdded.count == 1)
      #expect(change.factsWithdrawn == [])
      #expect(change.entityCount == 2)
      #expect(change.factCount == 1)
      #expect(change.reason == .extracted)

      let around = try #require(try await graph.neighbourhood("Anna"))
      let fact = try #require(around.facts.first)
      #expect(fact.factID == change.factsAdded.first)
      #expect(fact.type == "works_at")
      #expect([fact.source, fact.target] == around.entities.map(\.rowID))
      #expect(fact.confidence == 0.75)
      #expect(fact.valid == Period(from: TestGraph.time(-60)))
      #expect(fact.known == Period(from: TestGraph.epoch))

      let source = try #require(try await graph.sources(of: fact.factID).first)
      #expect(source.eventID == "mem_1-1")
      #expect(source.memoryID == "mem_1")
      #expect(source.memoryVersion == 1)
      #expect(source.extractor == "rules/1")
      #expect(source.start == 0)
      #expect(source.end == 19)
      #expect(source.text == "Anna works at Acme.")
      #expect(source.recordedAt == TestGraph.epoch)
      #expect(source.withdrawnAt == nil)
    }
  }

  @Test("the same event again changes nothing and reports what stands", arguments: TestEngine.available)
  func again(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let statements = [says("Anna", "knows", "Ben")]
      try await graph.extract("mem_1", [mention("Anna"), mention("Ben")], statements)
      let before = try await graph.dump()
      let change = try await graph.extract(
        "mem_1", [mention("Anna"), mention("Ben")], statements, at: TestGraph.time(5))
      #expect(try await graph.dump() == before)
      #expect(change.entitiesAdded == [] && change.factsAdded == [] && change.factsWithdrawn == [])
      #expect(change.entityCount == 2)
      #expect(change.factCount == 1)
    }
  }

  @Test("an older version than the one in force is ignored", arguments: TestEngine.available)
  func older(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", version: 3, [mention("Anna")], [says("Anna", "knows", "Ben")])
      let before = try await graph.dump()
      let change = try await graph.extract("mem_1", version: 2, [mention("Cleo")], [says("Cleo", "knows", "Ben")])
      #expect(try await graph.dump() == before)
      #expect(change.factsAdded == [])
      #expect(change.factCount == 1)
    }
  }

  @Test(
    "a newer version's outcome replaces the older one's: what holds stays the same fact, what does not is withdrawn",
    arguments: TestEngine.available)
  func replace(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let first = try await graph.extract(
        "mem_1", [], [says("Anna", "knows", "Ben", span: 0..<4), says("Anna", "lives_in", "Oslo")])
      let second = try await graph.extract(
        "mem_1", version: 2, [], [says("Anna", "knows", "Ben", span: 7..<11), says("Anna", "lives_in", "Rome")],
        at: TestGraph.time(10))

      #expect(second.factsAdded.count == 1)
      #expect(second.factsWithdrawn == [first.factsAdded[1]])
      #expect(second.entityCount == 3)
      let facts = try #require(try await graph.neighbourhood("Anna")).facts
      #expect(facts.map(\.factID) == [first.factsAdded[0], second.factsAdded[0]])
      #expect(facts[0].known == Period(from: TestGraph.epoch))

      let sources = try await graph.sources(of: facts[0].factID)
      #expect(sources.map(\.memoryVersion) == [1, 2])
      #expect(sources.map(\.start) == [0, 7])
      #expect(sources.map(\.withdrawnAt) == [TestGraph.time(10), nil])
    }
  }

  @Test(
    "an entity that no memory names any more is not listed, and is the same one when it is named again",
    arguments: TestEngine.available)
  func unnamed(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let first = try await graph.extract("mem_1", [mention("Anna"), mention("Ben")])
      try await graph.extract("mem_1", version: 2, [mention("Anna")], at: TestGraph.time(1))
      #expect(try await graph.entities().map(\.name) == ["Anna"])
      let third = try await graph.extract("mem_1", version: 3, [mention("Ben")], at: TestGraph.time(2))
      #expect(third.entitiesAdded == [])
      let entity = try #require(try await graph.entities().first)
      #expect(entity.entityID == first.entitiesAdded[1])
      #expect(entity.known == Period(from: TestGraph.epoch))
    }
  }

  @Test(
    "a claim made twice in one memory is one fact; the same words count once, other words add to its confidence",
    arguments: TestEngine.available)
  func repeated(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let change = try await graph.extract(
        "mem_1", [],
        [
          says("Anna", "knows", "Ben", confidence: 0.5, span: 0..<4),
          says("Anna", "knows", "Ben", confidence: 0.25, span: 0..<4),
          says("Anna", "knows", "Ben", confidence: 0.5, span: 9..<14),
        ])
      #expect(change.factCount == 1)
      let fact = try #require(try await graph.neighbourhood("Anna")?.facts.first)
      #expect(fact.confidence == 0.75)
      #expect(try await graph.sources(of: fact.factID).map(\.confidence) == [0.5, 0.5])
    }
  }

  @Test(
    "a stated time holds as stated; without one the statement holds from the memory's making on",
    arguments: TestEngine.available)
  func validity(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let (early, late) = (TestGraph.time(-1000), TestGraph.time(-500))
      try await graph.extract(
        "mem_1", [],
        [
          says("Anna", "a", "Ben", from: early, to: late), says("Anna", "b", "Ben", from: early),
          says("Anna", "c", "Ben", to: late), says("Anna", "d", "Ben"), says("Anna", "e", "Ben", from: late, to: early),
        ], createdAt: TestGraph.time(-1))
      let facts = try #require(try await graph.neighbourhood("Anna")).facts
      #expect(
        facts.map(\.valid) == [
          Period(from: early, to: late), Period(from: early), Period(to: late), Period(from: TestGraph.time(-1)),
          Period(from: TestGraph.time(-1)),
        ])
    }
  }
}
