import AgentEvents
import EvolutionEvents
import RuntimeHost

/// Publishes what the agent service publishes, for tests that need an execution asked for and nothing else.
struct AskingAgents: ServicePlugin {
  static let name = "agent"
  static let publishes = AgentContract.events

  init(configuration: ServiceConfiguration) {}

  func register(in service: inout ServiceRegistration) {
    service.routes { routes in
      routes.post("/ask", Operation(id: "ask", summary: "Ask", requestBody: .any, responses: [.ok: .json(.any)])) {
        request, context in
        let body = try request.json()
        try await context.transaction { tx in
          try tx.publish(
            AgentCapabilityExecutionStarted(
              agentID: "agent_1", capabilityID: body["capability_id"]?.stringValue ?? "",
              executionID: body["execution_id"]?.stringValue ?? "", input: body["input"]))
        }
        return .json([:])
      }
    }
  }
}

/// Publishes what the evolution service publishes when a change was approved.
struct AskingEvolution: ServicePlugin {
  static let name = "evolution"
  static let publishes = EvolutionContract.events

  init(configuration: ServiceConfiguration) {}

  func register(in service: inout ServiceRegistration) {
    service.routes { routes in
      routes.post(
        "/implement", Operation(id: "implement", summary: "Change", requestBody: .any, responses: [.ok: .json(.any)])
      ) { request, context in
        let body = try request.json()
        try await context.transaction { tx in
          try tx.publish(
            EvolutionImplementationStarted(
              proposalID: "prop_1", implementationID: body["implementation_id"]?.stringValue ?? "",
              capabilityID: body["capability_id"]?.stringValue, changes: body["changes"]))
        }
        return .json([:])
      }
    }
  }
}
