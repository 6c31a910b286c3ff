import RuntimeHost

/// The limits of a capability's calls: how long one may take, and when the breaker opens.
struct CapabilityLimits: Sendable, Equatable {
  static let thresholds: ClosedRange<Int> = 1...1_000
  static let resetTimeouts: ClosedRange<Int> = 1...86_400_000

  var timeoutMs = 30_000
  var failureThreshold = 5
  var resetTimeoutMs = 60_000

  var timeout: Duration { .milliseconds(timeoutMs) }

  var breaker: CircuitBreakerConfiguration {
    CircuitBreakerConfiguration(failureThreshold: failureThreshold, resetTimeout: .milliseconds(resetTimeoutMs))
  }

  /// Takes over what the object names: `timeout_ms`, and `failure_threshold` and `reset_timeout_ms` of `breaker`.
  /// What lies outside of what is allowed is moved to its edge.
  ///
  /// - Returns: The fields of the API that have changed.
  mutating func apply(_ changes: JSONObject, timeoutLimit: Duration) -> [String] {
    let old = self
    if let value = changes["timeout_ms"]?.intValue {
      timeoutMs = min(max(value, 1), Int(timeoutLimit / .milliseconds(1)))
    }
    if let value = changes["breaker"]?["failure_threshold"]?.intValue {
      failureThreshold = value.clamped(to: Self.thresholds)
    }
    if let value = changes["breaker"]?["reset_timeout_ms"]?.intValue {
      resetTimeoutMs = value.clamped(to: Self.resetTimeouts)
    }
    var changed: [String] = []
    if timeoutMs != old.timeoutMs { changed.append("timeout_ms") }
    if breaker != old.breaker { changed.append("breaker") }
    return changed
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
