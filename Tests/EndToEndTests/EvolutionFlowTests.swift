import AgentService
import AnalyticsService
import CapabilityService
import EvolutionService
import JSON
import RoostTesting
import RuntimeHost
import Testing

/// A capability that keeps failing, from its first failure to a change that a person approved.
@Suite("Evolution", .timeLimit(.minutes(5)))
struct EvolutionFlowTests {
  private static let services: [any ServicePlugin.Type] = [
    AgentService.self, CapabilityService.self, EvolutionService.self, AnalyticsService.self,
  ]

  @Test(
    "a capability that keeps failing leads to a pattern, a validated proposal, and a change once a person approves",
    arguments: TestHost.Transport.available, TestEngine.available)
  func proposal(transport: TestHost.Transport, on engine: TestEngine) async throws {
    try await TestHost.run(Self.services, engine: engine, transport: transport) { host in
      let agent = try await host.post("/v1/agents", ["name": "caller"])
      let agentID = try #require(agent["agent_id"]?.stringValue)
      let registered = try await host.post(
        "/v1/capabilities",
        ["name": "gone", "kind": "http", "url": .string("http://127.0.0.1:\(try freePort())/call")])
      let capabilityID = try #require(registered["capability_id"]?.stringValue)
      for index in 1...5 {
        let execution = try await host.post(
          "/v1/capabilities/\(capabilityID)/executions",
          ["agent_id": .string(agentID), "input": ["n": JSONValue(index)]])
        #expect(execution["correlation_id"] != nil)
        _ = try await host.events(matching: "agent.capability.execution.failed", count: index)
      }
      // Order is kept for each key: the pattern and the proposal have one each.
      let evolution = try await host.events(matching: "evolution.*", count: 3).map(\.type.name)
      #expect(evolution.contains("evolution.pattern.detected"))
      #expect(
        evolution.filter { $0.contains("proposal") } == [
          "evolution.proposal.generated", "evolution.proposal.validated",
        ])
      let list = try await host.get("/v1/evolution/proposals?status=validated")
      let proposal = try #require(list["items"]?[0])
      #expect(proposal["capability_id"]?.stringValue == capabilityID)
      let proposalID = try #require(proposal["proposal_id"]?.stringValue)
      let before = try await host.get("/v1/capabilities/\(capabilityID)")["breaker"]?["failure_threshold"]?.intValue
      #expect(before == 5, "nothing changes before a person has approved")

      try await host.post("/v1/evolution/proposals/\(proposalID)/approve", ["decided_by": "ann"])
      let implementation = try await host.events(matching: "evolution.implementation.*", count: 2)
      #expect(
        implementation.map(\.type.name) == [
          "evolution.implementation.started", "evolution.implementation.completed",
        ])
      let after = try await host.get("/v1/capabilities/\(capabilityID)")["breaker"]?["failure_threshold"]?.intValue
      #expect(after == 2)
      let decided = try await host.get("/v1/evolution/proposals/\(proposalID)")
      #expect(decided["status"] == "implemented")
      #expect(decided["decided_by"] == "ann")
      let again = try await host.send("POST", "/v1/evolution/proposals/\(proposalID)/approve")
      #expect(again.status == 409)

      _ = try await host.events(matching: "circuit_breaker.state.changed", count: 1)
      let flow = try await host.get("/v1/flows/\(implementation[1].metadata.correlationID ?? "")") {
        $0["events"]?.arrayValue?.count == 3
      }
      let types = (flow["events"]?.arrayValue ?? []).compactMap { $0["event_type"]?.stringValue }
      #expect(
        types == ["evolution.implementation.started", "capability.updated", "evolution.implementation.completed"])
    }
  }
}
