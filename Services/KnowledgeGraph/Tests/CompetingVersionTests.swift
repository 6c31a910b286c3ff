import Events
import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("Several extractors of one text")
struct CompetingVersionTests {
  private let offline = [
    says("Anna", "knows", "Ben", confidence: 0.5, span: 0..<4), says("Anna", "lives_in", "Oslo", confidence: 0.5),
  ]
  private let model = [
    says("Anna", "knows", "Ben", confidence: 0.75, span: 0..<9), says("Anna", "works_at", "Acme", confidence: 0.75),
  ]

  @Test(
    "the more trusted version takes the other's place; what both say is one fact, and no more certain for it",
    arguments: TestEngine.available)
  func replaces(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let first = try await graph.extract("mem_1", [], offline, eventID: "e1")
      let second = try await graph.extract(
        "mem_1", [], model, eventID: "e2", extractor: "llm:m/1", precedence: 10, at: TestGraph.time(5))
      #expect(second.factsAdded.count == 1)
      #expect(second.factsWithdrawn == [first.factsAdded[1]])
      #expect(second.factCount == 2)

      let facts = try #require(try await graph.neighbourhood("Anna")).facts
      #expect(facts.map(\.factID) == [first.factsAdded[0], second.factsAdded[0]])
      #expect(facts.map(\.confidence) == [0.75, 0.75])
      #expect(facts[0].known == Period(from: TestGraph.epoch))
    }
  }

  @Test(
    "the version that is not in force stays to be seen, with the time in which it was believed",
    arguments: TestEngine.available)
  func keeps(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], offline, eventID: "e1")
      try await graph.extract(
        "mem_1", [], model, eventID: "e2", extractor: "llm:m/1", precedence: 10, at: TestGraph.time(5))

      let before = try #require(try await graph.neighbourhood("Anna", asOf: AsOf(knownAt: TestGraph.time(4))))
      #expect(before.facts.map(\.type) == ["knows", "lives_in"])
      #expect(before.facts.map(\.confidence) == [0.5, 0.5])
      let told = try #require(try await graph.facts(ofMemory: "mem_1"))
      #expect(told.map(\.fact.type) == ["knows", "lives_in", "knows", "works_at"])
      #expect(told.map(\.source.extractor) == ["rules/1", "rules/1", "llm:m/1", "llm:m/1"])
      #expect(told.map(\.source.withdrawnAt) == [TestGraph.time(5), TestGraph.time(5), nil, nil])
      #expect(told[1].fact.known == Period(from: TestGraph.epoch, to: TestGraph.time(5)))
      #expect(try await graph.facts(ofMemory: "mem_2") == nil)
    }
  }

  @Test(
    "a less trusted version that comes later does not take the place of the one in force",
    arguments: TestEngine.available)
  func late(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], model, eventID: "e2", extractor: "llm:m/1", precedence: 10)
      let before = try await graph.dump()
      let change = try await graph.extract("mem_1", [], offline, eventID: "e3", at: TestGraph.time(5))
      #expect(try await graph.dump() == before)
      #expect(change.factsAdded == [] && change.factsWithdrawn == [] && change.factCount == 2)
    }
  }

  @Test("a newer text counts before every version of an older one, whoever read it", arguments: TestEngine.available)
  func newer(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], model, eventID: "e1", precedence: 10)
      try await graph.extract("mem_1", version: 2, [], offline, eventID: "e2", at: TestGraph.time(5))
      #expect(try #require(try await graph.neighbourhood("Anna")).facts.map(\.type) == ["knows", "lives_in"])
      let before = try await graph.dump()
      try await graph.extract("mem_1", [], model, eventID: "e3", precedence: 10, at: TestGraph.time(6))
      #expect(try await graph.dump() == before)
    }
  }

  @Test("of two memories each counts once, though both extractors read both", arguments: TestEngine.available)
  func evidence(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      for memory in ["mem_1", "mem_2"] {
        try await graph.extract(memory, [], offline, eventID: "\(memory) offline")
        try await graph.extract(memory, [], offline, eventID: "\(memory) model", precedence: 10)
      }
      #expect(try #require(try await graph.neighbourhood("Anna")).facts.map(\.confidence) == [0.75, 0.75])
      try await graph.delete("mem_1", at: TestGraph.time(5))
      #expect(try #require(try await graph.neighbourhood("Anna")).facts.map(\.confidence) == [0.5, 0.5])
    }
  }
}
