// Generated from schemas by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events

/// Every event of this module.
public enum HostContract {
  public static let events: [any EventPayload.Type] = [
    CircuitBreakerCallFailed.self,
    CircuitBreakerCallRejected.self,
    CircuitBreakerStateChanged.self,
    DeliveryFailed.self,
    DeliveryResolved.self,
  ]
}
