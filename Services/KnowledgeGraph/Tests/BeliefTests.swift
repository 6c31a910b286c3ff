import Events
import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("Both time axes")
struct BeliefTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let validAt: Int?
    let knownAt: Int?
    /// The cities, with the confidence in percent.
    let cities: [String: Int]

    init(valid: Int?, known: Int?, _ cities: [String: Int]) {
      (validAt, knownAt, self.cities) = (valid, known, cities)
    }

    var testDescription: String { "valid at \(validAt as Int?), known at \(knownAt as Int?)" }
  }

  // At 10: Anna lives in Oslo, undated, by a memory of 0. At 20: another memory, of -50, says so too. At 30: a memory
  // says that she lived in Rome from 100 to 200. At 40 the first memory is deleted, at 50 the third, at 60 the second.
  @Test(
    "the state at a valid time and a known time",
    arguments: [
      Case(valid: nil, known: nil, [:]), Case(valid: nil, known: 9, [:]), Case(valid: nil, known: 10, ["Oslo": 50]),
      Case(valid: 0, known: 10, ["Oslo": 50]), Case(valid: -1, known: 10, [:]),
      Case(valid: -1, known: 20, ["Oslo": 75]), Case(valid: -50, known: 39, ["Oslo": 75]),
      Case(valid: -51, known: 39, [:]), Case(valid: 99, known: 30, ["Oslo": 75]),
      Case(valid: 100, known: 30, ["Oslo": 75, "Rome": 25]), Case(valid: 199, known: 49, ["Oslo": 50, "Rome": 25]),
      Case(valid: 200, known: 49, ["Oslo": 50]), Case(valid: 150, known: 50, ["Oslo": 50]),
      Case(valid: nil, known: 30, ["Oslo": 75, "Rome": 25]), Case(valid: nil, known: 59, ["Oslo": 50]),
      Case(valid: 150, known: 60, [:]), Case(valid: 150, known: nil, [:]),
    ], TestEngine.available)
  func asOf(_ state: Case, on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      func time(_ seconds: Int) -> Timestamp { TestGraph.time(seconds) }
      try await graph.extract("mem_1", [], [says("Anna", "lives_in", "Oslo")], createdAt: time(0), at: time(10))
      try await graph.extract("mem_2", [], [says("Anna", "lives_in", "Oslo")], createdAt: time(-50), at: time(20))
      try await graph.extract(
        "mem_3", [], [says("Anna", "lives_in", "Rome", confidence: 0.25, from: time(100), to: time(200))], at: time(30))
      try await graph.delete("mem_1", at: time(40))
      try await graph.delete("mem_3", at: time(50))
      try await graph.delete("mem_2", at: time(60))

      let asOf = AsOf(validAt: state.validAt.map(time), knownAt: state.knownAt.map(time))
      let around = try #require(try await graph.neighbourhood("Anna", asOf: asOf))
      let names = Dictionary(uniqueKeysWithValues: around.entities.map { ($0.rowID, $0.name) })
      let cities = Dictionary(
        uniqueKeysWithValues: around.facts.map { (names[$0.target] ?? "", Int($0.confidence * 100)) })
      #expect(cities == state.cities)
    }
  }

  @Test(
    "when the clock goes backwards, beliefs do not: they follow each other and none is empty",
    arguments: TestEngine.available)
  func clock(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      var facts: [String] = []
      for round in 0..<4 {
        let now = TestGraph.time(-round * 100)
        let change = try await graph.extract("mem_\(round)", [], [says("Anna", "knows", "Ben")], at: now)
        facts += change.factsAdded
        try await graph.delete("mem_\(round)", at: now - .seconds(1))
      }
      #expect(facts.count == 4)
      let known = try await graph.database.read { tx in
        try tx.query("SELECT known_from, known_to FROM facts ORDER BY id") { try $0.period(0, 1) }
      }
      #expect(known.first?.from == TestGraph.epoch)
      #expect(known.allSatisfy { $0.from < $0.to })
      #expect(zip(known, known.dropFirst()).allSatisfy { $0.to <= $1.from })
    }
  }

  @Test(
    "sources recorded while the clock stands behind take the time of the fact's last change",
    arguments: TestEngine.available)
  func clockOfSources(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [], [says("Anna", "knows", "Ben")])
      try await graph.extract("mem_2", [], [says("Anna", "knows", "Ben")], at: TestGraph.time(-10))
      try await graph.delete("mem_1", at: TestGraph.time(-20))
      let fact = try #require(try await graph.neighbourhood("Anna")?.facts.first)
      let sources = try await graph.sources(of: fact.factID)
      #expect(sources.map(\.recordedAt) == [TestGraph.epoch, TestGraph.epoch])
      #expect(sources.map(\.withdrawnAt) == [TestGraph.epoch, nil])
    }
  }
}
