import Events
import Testing

@testable import KnowledgeGraphService

@Suite("Paths")
struct PathTests {
  private func graph(_ facts: [(String, String, String)]) async throws -> TestGraph {
    let graph = try await TestGraph()
    try await graph.extract("mem_1", [], facts.map { says($0.0, $0.1, $0.2) })
    return graph
  }

  @Test("the shortest path is found, along facts that point either way")
  func shortest() async throws {
    let graph = try await graph([
      ("a", "r", "b"), ("b", "s", "c"), ("c", "t", "d"), ("x", "u", "a"), ("x", "v", "d"), ("a", "w", "y"),
    ])
    #expect(try await graph.paths("a", "d") == [["a", "u", "x", "v", "d"]])
    #expect(try await graph.paths("d", "a") == [["d", "v", "x", "u", "a"]])
  }

  @Test("every shortest path is found, up to the limit")
  func all() async throws {
    let graph = try await graph(
      (0..<3).flatMap { [("a", "r", "m\($0)"), ("m\($0)", "s", "n\($0)"), ("n\($0)", "t", "z")] })
    let paths = try await graph.paths("a", "z")
    #expect(Set(paths) == Set((0..<3).map { ["a", "r", "m\($0)", "s", "n\($0)", "t", "z"] }))
    #expect(try await graph.paths("a", "z", limit: 2).count == 2)
  }

  @Test("of parallel facts a path takes the surest")
  func surest() async throws {
    let graph = try await TestGraph()
    try await graph.extract(
      "mem_1", [],
      [
        says("a", "low", "b", confidence: 0.2), says("b", "high", "a", confidence: 0.8),
        says("a", "middle", "b", confidence: 0.5),
      ])
    #expect(try await graph.paths("a", "b") == [["a", "high", "b"]])
  }

  @Test("there is none between entities that nothing connects, and none that is too long")
  func none() async throws {
    let graph = try await graph([
      ("a", "r", "b"), ("b", "r", "c"), ("c", "r", "d"), ("p", "r", "q"), ("q", "r", "p"), ("a", "r", "a"),
    ])
    #expect(try await graph.paths("a", "p") == [])
    #expect(try await graph.paths("a", "d", maximumLength: 2) == [])
    #expect(try await graph.paths("a", "d", maximumLength: 3).count == 1)
  }

  @Test("an entity is connected with itself by nothing")
  func itself() async throws {
    #expect(try await graph([("a", "r", "b"), ("b", "r", "a")]).paths("a", "a") == [["a"]])
  }

  @Test("a path holds at the times asked for")
  func asOf() async throws {
    let graph = try await TestGraph()
    try await graph.extract("mem_1", [], [says("a", "r", "b")])
    try await graph.extract("mem_2", [], [says("b", "r", "c")], at: TestGraph.time(10))
    try await graph.delete("mem_1", at: TestGraph.time(20))
    #expect(try await graph.paths("a", "c") == [])
    #expect(try await graph.paths("a", "c", asOf: AsOf(knownAt: TestGraph.time(9))) == [])
    #expect(try await graph.paths("a", "c", asOf: AsOf(knownAt: TestGraph.time(10))).count == 1)
    #expect(
      try await graph.paths("a", "c", asOf: AsOf(validAt: TestGraph.time(9), knownAt: TestGraph.time(10))) == [])
  }

  @Test("a search that would look at too many facts ends and says so")
  func budget() async throws {
    let graph = try await graph((0..<50).map { ("a", "r", "b\($0)") } + [("z", "r", "y")])
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
