import JSON
import KnowledgeGraphService
import MemoryService
import RoostTesting
import Testing

/// Names go from memories into the graph and, once two memories are sure of them, back to where texts are read.
@Suite("Names that come back from the graph", .timeLimit(.minutes(5)))
struct KnownNamesTests {
  private static let unnoticed = "we talked to brintell about prices"

  /// The organizations that are found in a text, with how sure of each the extractor is.
  private func organizations(in text: String, _ host: TestHost) async throws -> (id: String, found: [String: Double]) {
    let memory = try await host.post("/v1/memories", ["content": .string(text)])
    let id = try #require(memory["memory_id"]?.stringValue)
    try await host.waitUntilIdle()
    let entities = try await host.get("/v1/memories/\(id)/extraction")["outcomes"]?[0]?["entities"]?.arrayValue ?? []
    let found = entities.filter { $0["type"] == "organization" }.map {
      ($0["name"]?.stringValue ?? "", $0["confidence"]?.doubleValue ?? 0)
    }
    return (id, Dictionary(found) { max($0, $1) })
  }

  @Test(
    "a name that two memories are sure of is found where it would be missed, and does not keep itself alive",
    arguments: TestEngine.available)
  func feedback(on engine: TestEngine) async throws {
    try await TestHost.run([MemoryService.self, KnowledgeGraphService.self], engine: engine) { host in
      #expect(try await organizations(in: Self.unnoticed, host).found["Brintell"] == nil)
      // A person's entry stands in for whatever makes the extractor sure of the name in two memories.
      let entry = try await host.post("/v1/names", ["name": "Brintell", "type": "organization"])
      let first = try await organizations(in: "Brintell sent the invoice.", host)
      #expect(first.found["Brintell"] == 0.98)
      _ = try await host.send("DELETE", "/v1/names/\(entry["name_id"]?.stringValue ?? "")")
      #expect(try await organizations(in: Self.unnoticed, host).found["Brintell"] == nil, "one witness is too few")

      let again = try await host.post("/v1/names", ["name": "Brintell", "type": "organization"])
      let second = try await organizations(in: "Brintell paid the invoice.", host)
      _ = try await host.send("DELETE", "/v1/names/\(again["name_id"]?.stringValue ?? "")")
      #expect(try await host.events(matching: "knowledge_graph.entity.confirmed", count: 1).count == 1)
      for _ in 1...3 {
        let found = try await organizations(in: Self.unnoticed, host).found
        #expect(found["Brintell"] == 0.7)
      }

      // Three memories name it still, and only because it was known: they are no witnesses.
      for memory in [first.id, second.id] { _ = try await host.send("DELETE", "/v1/memories/\(memory)") }
      try await host.waitUntilIdle()
      #expect(try await host.events(matching: "knowledge_graph.entity.unconfirmed", count: 1).count == 1)
      #expect(try await organizations(in: Self.unnoticed, host).found["Brintell"] == nil)
    }
  }
}
