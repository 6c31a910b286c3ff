import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("Lists")
struct ListingTests {
  @Test(
    "pages of entities are whole: each entity once, those with the most facts first", arguments: [1, 2, 7, 100],
    TestEngine.available)
  func entities(limit: Int, on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract(
        "mem_1", (0..<20).map { mention("loner \($0)") },
        (0..<5).flatMap { hub in (0..<3).map { says("hub \(hub)", "to", "leaf \($0)") } })
      let all = try await graph.entities()
      #expect(all.count == 28)
      #expect(all.map(\.factCount) == [5, 5, 5, 3, 3, 3, 3, 3] + Array(repeating: 0, count: 20))

      var paged: [Entity] = []
      var position: EntityPosition?
      repeat {
        let after = position
        let page = try await graph.database.read { tx in
          try EntityReader(tx).page(key: nil, type: nil, after: after, limit: limit)
        }
        paged += page
        position = page.last.map { EntityPosition(factCount: $0.factCount, entityID: $0.entityID) }
        #expect(page.count <= limit)
      } while position != nil
      #expect(paged == all)
    }
  }

  @Test(
    "pages of a fact's sources are whole, in the order in which they were recorded", arguments: TestEngine.available)
  func sources(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      for memory in 0..<7 { try await graph.extract("mem_\(memory)", [], [says("Anna", "knows", "Ben")]) }
      let fact = try #require(try await graph.neighbourhood("Anna")?.facts.first)
      var paged: [String] = []
      var last: Int64?
      for size in [3, 3, 1, 0] {
        let after = last
        let page = try await graph.database.read { tx in
          try SourceReader(tx).page(of: fact.factID, after: after, limit: 3) ?? []
        }
        #expect(page.count == size)
        paged += page.map(\.memoryID)
        last = page.last?.rowID ?? last
      }
      #expect(paged == (0..<7).map { "mem_\($0)" })
    }
  }

  @Test("an unknown fact has no sources to list", arguments: TestEngine.available)
  func unknown(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let page = try await graph.database.read { tx in try SourceReader(tx).page(of: "fact_0", after: nil, limit: 3) }
      #expect(page == nil)
    }
  }
}
