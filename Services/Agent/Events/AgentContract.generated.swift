// Generated from schemas by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events

/// Every event of this module.
public enum AgentContract {
  public static let events: [any EventPayload.Type] = [
    AgentCapabilityExecutionCompleted.self,
    AgentCapabilityExecutionFailed.self,
    AgentCapabilityExecutionStarted.self,
    AgentCreated.self,
    AgentUpdated.self,
  ]
}
