import RuntimeHost

/// The limits that a capability is called under: what a proposal may change.
struct CapabilityLimits: Sendable, Equatable {
  var timeout: Duration
  var breaker: CircuitBreakerConfiguration

  init(timeout: Duration = .seconds(30), breaker: CircuitBreakerConfiguration = .init()) {
    self.timeout = timeout
    self.breaker = breaker
  }

  /// What differs from `old`, in the spelling of `evolution.implementation.started`.
  func changes(from old: CapabilityLimits) -> JSONObject {
    var changes = JSONObject()
    if timeout != old.timeout { changes["timeout_ms"] = .integer(timeout.wholeMilliseconds) }
    if breaker != old.breaker {
      changes["breaker"] = .object([
        "failure_threshold": JSONValue(breaker.failureThreshold),
        "reset_timeout_ms": .integer(breaker.resetTimeout.wholeMilliseconds),
      ])
    }
    return changes
  }
}

extension Duration {
  /// The duration in milliseconds, what is below one cut off.
  var wholeMilliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
