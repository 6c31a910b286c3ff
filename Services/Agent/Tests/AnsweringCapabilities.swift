import AgentEvents
import CapabilityEvents
import RuntimeHost

/// Answers executions as the capability service does: `cap_broken` fails, every other succeeds; each answer twice.
struct AnsweringCapabilities: ServicePlugin {
  static let name = "capability"
  static let publishes = CapabilityContract.events

  init(configuration: ServiceConfiguration) {}

  func register(in service: inout ServiceRegistration) {
    service.on(AgentCapabilityExecutionStarted.self, name: "answer") { event, context in
      let request = event.payload
      try await context.transaction { tx in
        for executionID in ["exec_unknown", request.executionID, request.executionID] {
          if request.capabilityID == "cap_broken" {
            try tx.publish(
              CapabilityExecutionFailed(
                capabilityID: request.capabilityID, executionID: executionID, agentID: request.agentID,
                error: "it is broken", errorKind: "http_status", durationMs: 12))
          } else {
            try tx.publish(
              CapabilityExecutionCompleted(
                capabilityID: request.capabilityID, executionID: executionID, agentID: request.agentID,
                result: ["echo": request.input ?? .null], durationMs: 12))
          }
        }
      }
    }
  }
}
