import RoostTesting
import Testing

@testable import KnowledgeGraphService

@Suite("Resolution")
struct ResolutionTests {
  @Test(
    "one name in several writings and memories is one entity, which keeps the other writings as aliases",
    arguments: TestEngine.available)
  func writings(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let first = try await graph.extract("mem_1", [mention("École", "organization")])
      let second = try await graph.extract("mem_2", [mention("ÉCOLE", "organization")])
      try await graph.extract("mem_3", [mention("E\u{301}cole", "organization")])

      #expect(first.entitiesAdded.count == 1)
      #expect(second.entitiesAdded == [])
      let entity = try #require(try await graph.entities(named: "école").first)
      #expect(entity.entityID == first.entitiesAdded.first)
      #expect(entity.name == "École")
      #expect(entity.aliases.map { Array($0.utf8) } == ["E\u{301}cole", "ÉCOLE"].map { Array($0.utf8) })
    }
  }

  @Test("the same name with another telling type is another entity", arguments: TestEngine.available)
  func types(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Jordan", "person"), mention("Jordan", "location")])
      #expect(try await graph.entities(named: "Jordan").map(\.type).sorted() == ["location", "person"])
    }
  }

  @Test("a type that tells nothing agrees with every other", arguments: ["concept", "unknown"], TestEngine.available)
  func vagueLast(_ vague: String, on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Kafka", "product")])
      let later = try await graph.extract("mem_2", [mention("Kafka", vague)])
      #expect(later.entitiesAdded == [])
      #expect(try await graph.entities(named: "Kafka").map(\.type) == ["product"])
    }
  }

  @Test(
    "an entity first named without a telling type takes the first one that is found, and no second",
    arguments: TestEngine.available)
  func vagueFirst(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Kafka", "concept")])
      try await graph.extract("mem_2", [mention("Kafka", "product")])
      #expect(try await graph.entities(named: "Kafka").map(\.type) == ["product"])
      try await graph.extract("mem_3", [mention("Kafka", "person")])
      #expect(try await graph.entities(named: "Kafka").map(\.type).sorted() == ["person", "product"])
      let again = try await graph.extract("mem_4", [mention("Kafka", "product"), mention("Kafka", "unknown")])
      #expect(again.entitiesAdded == [])
      #expect(again.entityCount == 1)
    }
  }

  @Test("a search without diacritics finds the name with them", arguments: TestEngine.available)
  func search(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Łódź", "location"), mention("Lodz", "location")])
      #expect(try await graph.entities(named: "lodz").count == 2)
      #expect(try await graph.entities(named: "Łódź", type: "person") == [])
    }
  }

  @Test(
    "a relationship's ends are the entities that the extraction lists, or the graph's, or new ones",
    arguments: TestEngine.available)
  func ends(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      try await graph.extract("mem_1", [mention("Acme", "organization")])
      let change = try await graph.extract(
        "mem_2", [mention("Anna", "person")], [says("ANNA", "works_at", "acme"), says("Anna", "likes", "Tea")])
      #expect(change.entitiesAdded.count == 2)
      #expect(change.entityCount == 3)
      #expect(change.factCount == 2)
      let names = try #require(try await graph.neighbourhood("Anna")).entities.map(\.name)
      #expect(names == ["Anna", "Acme", "Tea"])
    }
  }

  @Test("what has no usable name is left out, with what is said of it", arguments: TestEngine.available)
  func unusable(on engine: TestEngine) async throws {
    try await TestGraph.run(on: engine) { graph in
      let change = try await graph.extract(
        "mem_1", [mention(" "), mention("Anna")], [says(" ", "knows", "Anna"), says("Anna", "knows", "Ben")])
      #expect(change.entityCount == 2)
      #expect(change.factCount == 1)
    }
  }
}
