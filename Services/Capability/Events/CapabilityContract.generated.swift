// Generated from schemas by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events

/// Every event of this module.
public enum CapabilityContract {
  public static let events: [any EventPayload.Type] = [
    CapabilityExecutionCompleted.self,
    CapabilityExecutionFailed.self,
    CapabilityRegistered.self,
    CapabilityUpdated.self,
  ]
}
