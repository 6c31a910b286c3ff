import Events
import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("Neighbourhoods")
struct NeighbourhoodTests {
  /// a → b → c → d, with a ring c → e → a and a fact about b itself.
  private func ring(in graph: TestGraph) async throws {
    try await graph.extract(
      "mem_1", [],
      [
        says("a", "to", "b"), says("b", "to", "c"), says("c", "to", "d"), says("c", "to", "e"), says("e", "to", "a"),
        says("b", "is", "b"),
      ])
  }

  @Test(
    "the depth counts facts away from the entity, whichever way they point",
    arguments: [
      (0, ["a"], 0), (1, ["a", "b", "e"], 2), (2, ["a", "b", "c", "e"], 5), (3, ["a", "b", "c", "d", "e"], 6),
      (6, ["a", "b", "c", "d", "e"], 6),
    ], TestEngine.available)
  func depth(_ wanted: (depth: Int, names: [String], facts: Int), on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await ring(in: graph)
      let around = try #require(try await graph.neighbourhood("a", depth: wanted.depth))
      #expect(around.entities.first?.name == "a")
      #expect(around.entities.map(\.name).sorted() == wanted.names)
      #expect(around.facts.count == wanted.facts)
      #expect(Set(around.facts.map(\.factID)).count == wanted.facts)
      #expect(!around.isTruncated)
    }
  }

  @Test(
    "beyond the limit facts are left out, the answer says so, and every fact's ends are there",
    arguments: TestEngine.available)
  func limit(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], (0..<200).map { says("hub", "to", "leaf \($0)") })
      let around = try #require(
        try await graph.neighbourhood("hub", depth: 2, limits: GraphLimits(neighbourhoodFacts: 150)))
      #expect(around.isTruncated)
      #expect(around.facts.count == 150)
      let rows = Set(around.entities.map(\.rowID))
      #expect(rows.count == 151)
      #expect(around.facts.allSatisfy { rows.contains($0.source) && rows.contains($0.target) })

      let whole = try #require(
        try await graph.neighbourhood("hub", depth: 2, limits: GraphLimits(neighbourhoodFacts: 200)))
      #expect(!whole.isTruncated)
      #expect(whole.facts.count == 200)
    }
  }

  @Test("a past state is cut at the same limit", arguments: TestEngine.available)
  func limitOfThePast(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], (0..<200).map { says("hub", "to", "leaf \($0)") })
      let around = try #require(
        try await graph.neighbourhood(
          "hub", depth: 1, asOf: AsOf(knownAt: TestGraph.epoch), limits: GraphLimits(neighbourhoodFacts: 199)))
      #expect(around.isTruncated)
      #expect(around.facts.count == 199)
    }
  }
}
