import Events
import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("Paths")
struct PathTests {
  private func run(
    on engine: TestEngine, _ facts: [(String, String, String)], _ body: (TestGraph) async throws -> Void
  ) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], facts.map { says($0.0, $0.1, $0.2) })
      try await body(graph)
    }
  }

  @Test("the shortest path is found, along facts that point either way", arguments: TestEngine.available)
  func shortest(on engine: TestEngine) async throws {
    try await run(
      on: engine,
      [
        ("a", "r", "b"), ("b", "s", "c"), ("c", "t", "d"), ("x", "u", "a"), ("x", "v", "d"), ("a", "w", "y"),
      ]
    ) { graph in
      let there = try await graph.paths("a", "d")
      #expect(there == [["a", "u", "x", "v", "d"]])
      #expect(try await graph.paths("d", "a") == there.map { $0.reversed() })
    }
  }

  @Test("every shortest path is found, up to the limit", arguments: TestEngine.available)
  func all(on engine: TestEngine) async throws {
    try await run(
      on: engine, (0..<3).flatMap { [("a", "r", "m\($0)"), ("m\($0)", "s", "n\($0)"), ("n\($0)", "t", "z")] }
    ) { graph in
      let paths = try await graph.paths("a", "z")
      #expect(Set(paths) == Set((0..<3).map { ["a", "r", "m\($0)", "s", "n\($0)", "t", "z"] }))
      #expect(try await graph.paths("a", "z", limit: 2).count == 2)
    }
  }

  @Test("of parallel facts a path takes the surest", arguments: TestEngine.available)
  func surest(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract(
        "mem_1", [],
        [
          says("a", "low", "b", confidence: 0.2), says("b", "high", "a", confidence: 0.8),
          says("a", "middle", "b", confidence: 0.5),
        ])
      #expect(try await graph.paths("a", "b") == [["a", "high", "b"]])
    }
  }

  @Test(
    "there is none between entities that nothing connects, and none that is too long", arguments: TestEngine.available)
  func none(on engine: TestEngine) async throws {
    try await run(
      on: engine,
      [
        ("a", "r", "b"), ("b", "r", "c"), ("c", "r", "d"), ("p", "r", "q"), ("q", "r", "p"), ("a", "r", "a"),
      ]
    ) { graph in
      let unconnected = try await graph.paths("a", "p")
      #expect(unconnected == [])
      #expect(try await graph.paths("a", "d", maximumLength: 2) == [])
      #expect(try await graph.paths("a", "d", maximumLength: 3).count == 1)
    }
  }

  @Test("an entity is connected with itself by nothing", arguments: TestEngine.available)
  func itself(on engine: TestEngine) async throws {
    try await run(on: engine, [("a", "r", "b"), ("b", "r", "a")]) { graph in
      let paths = try await graph.paths("a", "a")
      #expect(paths == [["a"]])
    }
  }

  @Test("a path holds at the times asked for", arguments: TestEngine.available)
  func asOf(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], [says("a", "r", "b")])
      try await graph.extract("mem_2", [], [says("b", "r", "c")], at: TestGraph.time(10))
      try await graph.delete("mem_1", at: TestGraph.time(20))
      #expect(try await graph.paths("a", "c") == [])
      #expect(try await graph.paths("a", "c", asOf: AsOf(knownAt: TestGraph.time(9))) == [])
      #expect(try await graph.paths("a", "c", asOf: AsOf(knownAt: TestGraph.time(10))).count == 1)
      #expect(
        try await graph.paths("a", "c", asOf: AsOf(validAt: TestGraph.time(9), knownAt: TestGraph.time(10))) == [])
    }
  }

  @Test("a search that would look at too many facts ends and says so", arguments: TestEngine.available)
  func budget(on engine: TestEngine) async throws {
    try await run(on: engine, (0..<50).map { ("a", "r", "b\($0)") } + [("z", "r", "y")]) { graph in
      let search = try await graph.database.read { tx in
        let found = try EntityReader(tx).page(key: nil, type: nil, after: nil, limit: 100)
        let (first, last) = (found.first { $0.name == "a" }, found.first { $0.name == "z" })
        return try PathSearch(
          from: first ?? found[0], to: last ?? found[0], maximumLength: 6, limit: 1, asOf: AsOf(),
          limits: GraphLimits(searchedFacts: 20), in: tx)
      }
      #expect(search.paths == [])
      #expect(search.isTruncated)
    }
  }
}
