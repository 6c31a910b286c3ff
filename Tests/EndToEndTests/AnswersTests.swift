import AgentService
import AnalyticsService
import CapabilityService
import Events
import EvolutionService
import HTTPServer
import JSON
import KnowledgeGraphService
import MemoryEvents
import MemoryService
import Messaging
import RoostTesting
import RuntimeHost
import Testing

/// Each route, called as a client would, answers as `/openapi.json` says.
@Suite("The API and its document", .timeLimit(.minutes(5)))
struct AnswersTests {
  private static let services: [any ServicePlugin.Type] = [
    MemoryService.self, KnowledgeGraphService.self, AgentService.self, CapabilityService.self, AnalyticsService.self,
    EvolutionService.self,
  ]

  @Test("every route that is described answers as it is described")
  func answers() async throws {
    try await TestHost.run(Self.services) { host in
      let api = try await DocumentedAPI(host)
      try await useHost(api)
      try await useMemories(api)
      try await useGraph(api)
      try await useAgents(api)
      try await useEvolution(api)
      try await useFlows(api)
      try await useFailedDeliveries(api)
      // A stream has no end to answer with; it has tests of its own.
      #expect(api.routes.subtracting(api.succeeded) == ["GET /v1/events"])
    }
  }

  private func id(_ answer: JSONValue?, _ name: String) throws -> String {
    try #require(answer?[name]?.stringValue, "\(name) of \(String(describing: answer))")
  }

  private func useHost(_ api: DocumentedAPI) async throws {
    for path in ["/health/live", "/health/ready", "/metrics", "/openapi.json", "/v1/status"] {
      if path == "/health/ready" { try await api.host.waitUntilIdle() }
      try await api.call("GET", path)
    }
  }

  private func useMemories(_ api: DocumentedAPI) async throws {
    let text: JSONValue = ["content": "John visited Paris last summer.", "user_id": "ann", "filters": ["trip": 7]]
    let memory = try id(try await api.call("POST", "/v1/memories", body: text), "memory_id")
    let batch = try await api.call(
      "POST", "/v1/memories/batch", body: ["memories": [["content": "Mary lives in London."], ["content": ""]]])
    #expect(batch["items"]?.arrayValue?.map { $0["status"] } == [201, 422])
    let other = try id(batch["items"]?[0], "memory_id")
    try await api.host.waitUntilIdle()
    try await api.call("GET", "/v1/memories/{memory_id}", memory)
    try await api.call("GET", "/v1/memories", query: "?user_id=ann&limit=1")
    let hits = try await api.call("GET", "/v1/memories/search", query: "?q=paris")
    #expect(hits["items"]?[0]?["matches"]?.arrayValue?.map { $0["kind"] } == ["words", "entity"])
    try await api.call(
      "PATCH", "/v1/memories/{memory_id}", memory, body: ["content": "John visited Paris and Rome last summer."])
    try await api.call("DELETE", "/v1/memories/{memory_id}", other)
    try await api.call("GET", "/v1/memories/{memory_id}/history", memory)
    try await api.call("GET", "/v1/memories/{memory_id}/extraction", memory)
    let name = try id(
      try await api.call("POST", "/v1/names", body: ["name": "Zorbly", "type": "product", "aliases": ["Zorb"]]),
      "name_id")
    try await api.call("POST", "/v1/names", body: ["name": "Zorbly", "type": "product", "aliases": ["Zorb"]])
    try await api.call("GET", "/v1/names/{name_id}", name)
    #expect(try await api.call("GET", "/v1/names", query: "?name=zorb")["items"]?.arrayValue?.count == 1)
    try await api.call("DELETE", "/v1/names/{name_id}", name)
    let erased = try await api.call("GET", "/v1/memories/{memory_id}/history", other)
    #expect(erased["items"]?.arrayValue?.last?["change"] == "deleted")
    try await api.host.waitUntilIdle()
  }

  private func useGraph(_ api: DocumentedAPI) async throws {
    let paris = try id(try await api.call("GET", "/v1/graph/entities", query: "?name=paris")["items"]?[0], "entity_id")
    let john = try id(try await api.call("GET", "/v1/graph/entities", query: "?name=john")["items"]?[0], "entity_id")
    try await api.call("GET", "/v1/graph/entities/{entity_id}", paris)
    let graph = try await api.call("GET", "/v1/graph/entities/{entity_id}/neighbourhood", paris, query: "?depth=2")
    try await api.call(
      "GET", "/v1/graph/entities/{entity_id}/neighbourhood", paris,
      query: "?valid_at=2020-01-01T00:00:00Z&known_at=2020-01-01T00:00:00Z")
    let fact = try id(graph["facts"]?[0], "fact_id")
    let sources = try await api.call("GET", "/v1/graph/facts/{fact_id}/sources", fact)
    let memory = try id(sources["items"]?[0], "memory_id")
    try await api.call("GET", "/v1/graph/memories/{memory_id}/facts", memory)
    let paths = try await api.call("GET", "/v1/graph/paths", query: "?from=\(john)&to=\(paris)")
    #expect(paths["paths"]?.arrayValue?.isEmpty == false)
  }

  private func useAgents(_ api: DocumentedAPI) async throws {
    let agent = try id(try await api.call("POST", "/v1/agents", body: ["name": "Scout"]), "agent_id")
    try await api.call("GET", "/v1/agents")
    try await api.call("GET", "/v1/agents/{agent_id}", agent)
    try await api.call("PATCH", "/v1/agents/{agent_id}", agent, body: ["name": "Ranger", "user_id": nil])
    let capability = try id(
      try await api.call("GET", "/v1/capabilities", query: "?limit=1")["items"]?[0], "capability_id")
    try await api.call("GET", "/v1/capabilities/{capability_id}", capability)
    try await api.call("PATCH", "/v1/capabilities/{capability_id}", capability, body: ["timeout_ms": 1_000])
    try await api.call(
      "POST", "/v1/agents/{agent_id}/executions", agent, body: ["capability_id": .string(capability), "input": "a b"])
    let execution = try id(
      try await api.call(
        "POST", "/v1/capabilities/{capability_id}/executions", capability, body: ["agent_id": .string(agent)]),
      "execution_id")
    try await api.host.waitUntilIdle()
    try await api.call("GET", "/v1/agents/{agent_id}/executions", agent)
    try await api.call("GET", "/v1/capabilities/{capability_id}/executions", capability)
    let ended = try await api.call(
      "GET", "/v1/capabilities/{capability_id}/executions/{execution_id}", capability, execution)
    #expect(["completed", "failed"].contains(ended["status"]?.stringValue))
  }

  /// A person approves one proposal and turns another down.
  private func useEvolution(_ api: DocumentedAPI) async throws {
    let agent = try id(try await api.call("GET", "/v1/agents")["items"]?[0], "agent_id")
    for (index, decision) in ["approve", "reject"].enumerated() {
      let capability = try id(
        try await api.call(
          "POST", "/v1/capabilities",
          body: [
            "name": .string("gone \(decision)"), "kind": "http", "url": .string("http://127.0.0.1:\(try freePort())/"),
          ]), "capability_id")
      for count in 1...5 {
        try await api.call(
          "POST", "/v1/capabilities/{capability_id}/executions", capability, body: ["agent_id": .string(agent)])
        _ = try await api.host.events(matching: "capability.execution.failed", count: index * 5 + count)
      }
      _ = try await api.host.events(matching: "evolution.proposal.validated", count: index + 1)
      let proposal = try id(
        try await api.call("GET", "/v1/evolution/proposals", query: "?status=validated")["items"]?[0], "proposal_id")
      try await api.call("GET", "/v1/evolution/proposals/{proposal_id}", proposal)
      try await api.call(
        "POST", "/v1/evolution/proposals/{proposal_id}/\(decision)", proposal, body: ["decided_by": "ann"])
      try await api.host.waitUntilIdle()
      let decided = try await api.call("GET", "/v1/evolution/proposals/{proposal_id}", proposal)
      #expect(decided["status"]?.stringValue == (decision == "approve" ? "implemented" : "rejected"))
    }
  }

  private func useFlows(_ api: DocumentedAPI) async throws {
    let flow = try id(try await api.call("GET", "/v1/flows", query: "?limit=1")["items"]?[0], "correlation_id")
    try await api.call("GET", "/v1/flows/{correlation_id}", flow)
    try await api.call("GET", "/v1/alerts")
    try await api.call("GET", "/v1/event-rates")
  }

  /// Three events that do not fit their contract, and what a person does with each.
  private func useFailedDeliveries(_ api: DocumentedAPI) async throws {
    for name in ["a", "b", "c"] {
      let event = Event(
        type: MemoryDeleted.eventType, sourceService: "test", payload: Array(#"{"memory_id":"\#(name)"}"#.utf8))
      try await api.host.publish(event, key: name)
    }
    try await api.host.waitUntilIdle()
    let failed = try await api.call("GET", "/v1/failed-deliveries", query: "?service=knowledge_graph")
    let ids = try (failed["items"]?.arrayValue ?? []).map { try id($0, "failed_delivery_id") }
    #expect(ids.count == 3)
    try await api.call("GET", "/v1/failed-deliveries/{failed_delivery_id}", ids[0])
    let edited = try await api.call(
      "POST", "/v1/failed-deliveries/{failed_delivery_id}/edit", ids[0],
      body: ["payload": ["memory_id": "a", "version": 1], "actor": "ann"])
    #expect(edited["is_edited"] == true)
    try await api.call("POST", "/v1/failed-deliveries/{failed_delivery_id}/discard", ids[1], body: ["reason": "noise"])
    try await api.call("POST", "/v1/failed-deliveries/{failed_delivery_id}/retry", ids[2])
    try await api.host.waitUntilIdle()
    try await api.call("POST", "/v1/failed-deliveries/retry", body: ["service": "knowledge_graph"])
    try await api.call("POST", "/v1/failed-deliveries/discard", body: ["service": "knowledge_graph"])
    #expect(try await api.call("GET", "/v1/failed-deliveries")["items"] == [])
  }
}
