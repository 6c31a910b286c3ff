import Events
import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("Withdrawal")
struct WithdrawalTests {
  @Test(
    "deleting one of two memories that state a fact leaves it with the other's confidence and time",
    arguments: TestEngine.available)
  func shared(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let first = try await graph.extract(
        "mem_1", [], [says("Anna", "knows", "Ben", confidence: 0.5)], createdAt: TestGraph.time(-20))
      let second = try await graph.extract(
        "mem_2", [], [says("Anna", "knows", "Ben", confidence: 0.5)], createdAt: TestGraph.time(-10))
      #expect(second.factsAdded == [])
      var fact = try #require(try await graph.neighbourhood("Anna")?.facts.first)
      #expect(fact.factID == first.factsAdded.first)
      #expect(fact.confidence == 0.75)
      #expect(fact.valid.from == TestGraph.time(-20))
      #expect(try await graph.sources(of: fact.factID).map(\.memoryID) == ["mem_1", "mem_2"])

      let deletion = try await graph.delete("mem_1", at: TestGraph.time(5))
      #expect(deletion.factsWithdrawn == [])
      #expect(deletion.reason == .deleted)
      fact = try #require(try await graph.neighbourhood("Anna")?.facts.first)
      #expect(fact.confidence == 0.5)
      #expect(fact.valid.from == TestGraph.time(-10))
      #expect(fact.known == Period(from: TestGraph.epoch))
      #expect(try await graph.sources(of: fact.factID).map(\.withdrawnAt) == [TestGraph.time(5), nil])
    }
  }

  @Test(
    "deleting a memory withdraws the facts and entities that rested on it alone, and keeps their history",
    arguments: TestEngine.available)
  func alone(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Anna")])
      let added = try await graph.extract("mem_2", [mention("Anna")], [says("Anna", "knows", "Ben")])
      let deletion = try await graph.delete("mem_2", at: TestGraph.time(5))
      #expect(deletion.factsWithdrawn == added.factsAdded)
      #expect(deletion.entityCount == 0 && deletion.factCount == 0)
      #expect(try await graph.entities().map(\.name) == ["Anna"])
      #expect(try await graph.entities().map(\.factCount) == [0])
      #expect(try await graph.neighbourhood("Anna")?.facts == [])

      let before = try #require(try await graph.neighbourhood("Ben", asOf: AsOf(knownAt: TestGraph.time(4))))
      #expect(before.facts.map(\.factID) == added.factsAdded)
      #expect(before.entities[0].known == Period(from: TestGraph.epoch, to: TestGraph.time(5)))
    }
  }

  @Test("a fact stated again after its withdrawal is a new belief", arguments: TestEngine.available)
  func restated(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let first = try await graph.extract("mem_1", [], [says("Anna", "knows", "Ben")])
      try await graph.delete("mem_1", at: TestGraph.time(5))
      let second = try await graph.extract("mem_2", [], [says("Anna", "knows", "Ben")], at: TestGraph.time(9))
      #expect(second.factsAdded.count == 1)
      #expect(second.factsAdded != first.factsAdded)
      let fact = try #require(try await graph.neighbourhood("Anna")?.facts.first)
      #expect(fact.known == Period(from: TestGraph.time(9)))
      #expect(try await graph.neighbourhood("Anna", asOf: AsOf(knownAt: TestGraph.time(7)))?.facts == [])
    }
  }

  @Test("an extraction that comes after its memory's deletion is ignored", arguments: TestEngine.available)
  func late(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.delete("mem_1", version: 3)
      let change = try await graph.extract("mem_1", version: 2, [mention("Anna")], [says("Anna", "knows", "Ben")])
      #expect(change.entityCount == 0 && change.factCount == 0 && change.entitiesAdded == [])
      #expect(try await graph.entities() == [])
    }
  }

  @Test("a deletion told twice changes nothing the second time", arguments: TestEngine.available)
  func twice(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], [says("Anna", "knows", "Ben")])
      try await graph.delete("mem_1", at: TestGraph.time(5))
      let before = try await graph.dump()
      let change = try await graph.delete("mem_1", at: TestGraph.time(6))
      #expect(change.factsWithdrawn == [])
      #expect(try await graph.dump() == before)
    }
  }

  @Test(
    "a deletion of a memory that the graph never heard of is applied without effect", arguments: TestEngine.available)
  func unheard(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let change = try await graph.delete("mem_9")
      #expect(change.memoryID == "mem_9")
      #expect(change.factsWithdrawn == [] && change.factCount == 0)
    }
  }
}
