// Generated from schemas by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events

/// Every event of this module.
public enum AnalyticsContract {
  public static let events: [any EventPayload.Type] = [
    AnalyticsAlertRaised.self,
    AnalyticsAlertResolved.self,
    AnalyticsFlowCompleted.self,
  ]
}
