import Events
import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("The graph beside a plain model")
struct GraphModelTests {
  private static let names = (0..<5).map { "entity \($0)" }

  @Test(
    "whatever memories come, change, come late and go, every state asked for is the model's", arguments: 1...12,
    TestEngine.available)
  func states(seed: UInt64, on engine: TestEngine) async throws {
    var random = SeededGenerator(seed: seed)
    try await TestGraph.run(on: engine) { graph in
      var model = GraphModel()
      var (versions, deleted): ([Int: Int], Set<Int>) = ([:], [])
      for step in 0..<80 {
        let now = TestGraph.time(step * 10)
        let memory = Int.random(in: 0..<12, using: &random)
        if Int.random(in: 0..<6, using: &random) == 0, !deleted.contains(memory) {
          deleted.insert(memory)
          try await graph.delete("mem_\(memory)", version: versions[memory, default: 0] + 1, at: now)
          model.delete(memory, at: now)
        } else {
          // Mostly the next version, now and then one that others overtook.
          let version = max(1, versions[memory, default: 0] + Int.random(in: -1...1, using: &random))
          if !deleted.contains(memory) { versions[memory] = max(version, versions[memory, default: 0]) }
          let statements = (0..<Int.random(in: 0...3, using: &random)).map { _ in statement(&random) }
          let createdAt = TestGraph.time(Int.random(in: -100...100, using: &random))
          try await graph.extract(
            "mem_\(memory)", version: version, [],
            statements.enumerated().map { index, said in
              says(
                said.source, said.type, said.target, confidence: said.confidence, span: index..<index + 1,
                from: said.stated.from == Period.openStart ? nil : said.stated.from,
                to: said.stated.to == Period.openEnd ? nil : said.stated.to)
            }, createdAt: createdAt, eventID: "event \(step)", at: now)
          model.extract(memory, version: version, statements, createdAt: createdAt, at: now)
        }
      }
      for question in 0..<60 {
        let asOf = AsOf(
          validAt: question % 3 == 0 ? nil : TestGraph.time(Int.random(in: -120...120, using: &random)),
          // The moment of a change itself, or one between two.
          knownAt: question % 4 == 0 ? nil : TestGraph.time(Int.random(in: -1...161, using: &random) * 5))
        let expected = model.state(asOf)
        #expect(try await everything(graph, asOf) == expected, "\(asOf)")

        let (from, to) = (
          Self.names.randomElement(using: &random) ?? "", Self.names.randomElement(using: &random) ?? ""
        )
        let path = try await graph.paths(from, to, limit: 1, asOf: asOf).first
        guard try await graph.neighbourhood(from) != nil, try await graph.neighbourhood(to) != nil else { continue }
        #expect(path.map { $0.count / 2 } == model.distance(from, to, in: expected), "\(from) to \(to), \(asOf)")
      }
      try await checkCounts(graph, against: model)
    }
  }

  private func statement(_ random: inout SeededGenerator) -> GraphModel.Statement {
    let from = TestGraph.time(Int.random(in: -50...50, using: &random))
    let stated: Period =
      switch Int.random(in: 0..<6, using: &random) {
      case 0: Period(from: from)
      case 1: Period(to: from)
      case 2: Period(from: from, to: from + .seconds(40))
      default: Period()
      }
    return GraphModel.Statement(
      source: Self.names.randomElement(using: &random) ?? "",
      type: Int.random(in: 0..<4, using: &random) > 0 ? "knows" : "likes",
      target: Self.names.randomElement(using: &random) ?? "", stated: stated,
      confidence: [0.25, 0.5, 0.75].randomElement(using: &random) ?? 0)
  }

  /// The facts around every entity at depth 1.
  private func everything(_ graph: TestGraph, _ asOf: AsOf) async throws -> Set<GraphModel.State> {
    var all: Set<GraphModel.State> = []
    for name in Self.names {
      guard let around = try await graph.neighbourhood(name, asOf: asOf) else { continue }
      let names = Dictionary(uniqueKeysWithValues: around.entities.map { ($0.rowID, $0.name) })
      for fact in around.facts {
        all.insert(
          GraphModel.State(
            source: names[fact.source] ?? "", type: fact.type, target: names[fact.target] ?? "", valid: fact.valid,
            confidence: fact.confidence))
      }
    }
    return all
  }

  /// The counts that the entities keep are those of the facts that are believed.
  private func checkCounts(_ graph: TestGraph, against model: GraphModel) async throws {
    let state = model.state(AsOf())
    for entity in try await graph.entities() {
      let facts = state.filter { $0.source == entity.name || $0.target == entity.name }
      #expect(entity.factCount == facts.count)
      #expect(!facts.isEmpty)
    }
    let listed = Set(try await graph.entities().map(\.name))
    #expect(listed == Set(state.flatMap { [$0.source, $0.target] }))
  }
}
