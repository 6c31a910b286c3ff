import Events
import JSON
import KnowledgeGraphEvents
import KnowledgeGraphService
import MemoryEvents
import MemoryService
import RoostTesting
import RuntimeHost
import Testing

/// The specification's own example, with the services as they ship, on each transport and each engine.
@Suite("The specification's example", .timeLimit(.minutes(5)))
struct SpecificationExampleTests {
  @Test(
    "\"John visited Paris last summer.\" gives a memory, an extraction and an update of the graph, each caused by the one before",
    arguments: TestHost.Transport.available, TestEngine.available)
  func example(over transport: TestHost.Transport, on engine: TestEngine) async throws {
    try await TestHost.run(
      [MemoryService.self, KnowledgeGraphService.self], engine: engine, transport: transport
    ) { host in
      let answer = try await host.post(
        "/v1/memories", ["content": "John visited Paris last summer.", "user_id": "test_user"])
      let correlationID = try #require(answer["correlation_id"]?.stringValue)
      let events = try await host.events(count: 3)
      #expect(
        events.map(\.type) == [
          MemoryCreated.eventType, MemoryEntityExtracted.eventType, KnowledgeGraphUpdated.eventType,
        ])
      #expect(events.allSatisfy { $0.metadata.correlationID == correlationID })
      #expect(events.map(\.metadata.causationID) == [nil, events[0].id, events[1].id])
      #expect(events.allSatisfy { $0.metadata.userID == "test_user" })

      let extracted = try events[1].decode(MemoryEntityExtracted.self)
      #expect(extracted.entities.contains { $0.name == "John" && $0.type == "person" })
      #expect(extracted.entities.contains { $0.name == "Paris" && $0.type == "location" })
      let relation = try #require(extracted.relationships.first { $0.type == "visited" })
      #expect(relation.source == "John")
      #expect(relation.target == "Paris")
      #expect(relation.validFrom != nil && relation.validTo != nil, "last summer has a beginning and an end")

      let paris = try #require(try await host.get("/v1/graph/entities?name=paris")["items"]?[0])
      let id = try #require(paris["entity_id"]?.stringValue)
      let graph = try await host.get("/v1/graph/entities/\(id)/neighbourhood?depth=1")
      let fact = try #require(graph["facts"]?.arrayValue?.first { $0["type"] == "visited" })
      #expect(fact["target"]?.stringValue == id)
      let factID = try #require(fact["fact_id"]?.stringValue)
      let sources = try await host.get("/v1/graph/facts/\(factID)/sources")
      let source = try #require(sources["items"]?[0])
      #expect(source["event_id"]?.stringValue == events[1].id)
      #expect(source["memory_id"] == answer["memory_id"])
      #expect(source["text"]?.stringValue?.contains("visited") == true)
    }
  }

  @Test(
    "a deleted memory takes along what rested on it alone, and leaves what others state",
    arguments: TestEngine.available)
  func withdrawal(on engine: TestEngine) async throws {
    try await TestHost.run([MemoryService.self, KnowledgeGraphService.self], engine: engine) { host in
      let first = try await host.post("/v1/memories", ["content": "Mary lives in London."])
      try await host.post("/v1/memories", ["content": "Mary lives in London. Mary visited Rome."])
      try await host.waitUntilIdle()
      let entities = try await host.get("/v1/graph/entities?name=Mary")
      let mary = try #require(entities["items"]?[0]?["entity_id"]?.stringValue)
      #expect(try await facts(about: mary, host) == ["lives_in", "visited"])
      let id = try #require(first["memory_id"]?.stringValue)
      #expect(try await host.send("DELETE", "/v1/memories/\(id)").status == 200)
      try await host.waitUntilIdle()
      #expect(try await facts(about: mary, host) == ["lives_in", "visited"])
      let others = try await host.get("/v1/memories")
      let other = try #require(others["items"]?[0]?["memory_id"]?.stringValue)
      #expect(try await host.send("DELETE", "/v1/memories/\(other)").status == 200)
      try await host.waitUntilIdle()
      #expect(try await facts(about: mary, host).isEmpty)
    }
  }

  private func facts(about entityID: String, _ host: TestHost) async throws -> [String] {
    let graph = try await host.get("/v1/graph/entities/\(entityID)/neighbourhood?depth=1")
    return (graph["facts"]?.arrayValue ?? []).compactMap { $0["type"]?.stringValue }.sorted()
  }
}
