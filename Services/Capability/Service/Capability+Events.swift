import CapabilityEvents
import RuntimeHost

extension CapabilityRegistered {
  init(_ capability: Capability) {
    let kind: Kind =
      switch capability.target {
      case .builtin: .builtin
      case .http: .http
      }
    self.init(
      capabilityID: capability.id, name: capability.name, kind: kind, version: String(capability.version),
      timeoutMs: capability.limits.timeoutMs,
      breaker: Breaker(
        failureThreshold: capability.limits.failureThreshold, resetTimeoutMs: capability.limits.resetTimeoutMs))
  }
}

extension CapabilityUpdated {
  init(_ capability: Capability, updatedFields: [String], implementationID: String? = nil) {
    self.init(
      capabilityID: capability.id, updatedFields: updatedFields, timeoutMs: capability.limits.timeoutMs,
      breaker: Breaker(
        failureThreshold: capability.limits.failureThreshold, resetTimeoutMs: capability.limits.resetTimeoutMs),
      implementationID: implementationID)
  }
}
