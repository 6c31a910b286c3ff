import RuntimeHost

/// A change of a capability's limits that might help, before it was tried on the recorded calls.
struct ProposalDraft: Sendable, Equatable {
  enum Kind: String, Sendable {
    case shorterTimeout = "capability_timeout_shorter"
    case longerTimeout = "capability_timeout_longer"
    case earlierBreaker = "capability_breaker"
  }

  var kind: Kind
  var limits: CapabilityLimits
  /// What it does and why, for the person who decides.
  var description: String

  static let longestTimeout = Duration.seconds(120)
  static let shortestTimeout = Duration.milliseconds(250)
  static let longestReset = Duration.seconds(600)

  /// The changes that could answer the pattern.
  ///
  /// - Parameter calls: Every recorded call under these limits, oldest first.
  static func candidates(for pattern: FailurePattern, calls: [RecordedCall], limits: CapabilityLimits)
    -> [ProposalDraft]
  {
    var drafts: [ProposalDraft] = []
    if pattern.errorKind == RecordedCall.timeout { drafts += timeouts(calls: calls, limits: limits) }
    if let breaker = breaker(pattern, limits: limits) { drafts.append(breaker) }
    return drafts
  }

  private static func timeouts(calls: [RecordedCall], limits: CapabilityLimits) -> [ProposalDraft] {
    let successes = calls.filter { !$0.failed }.map(\.duration).sorted()
    guard successes.count >= 5, let slowest = successes.last else { return [] }
    let limit = limits.timeout
    if slowest * 2 > limit, limit < longestTimeout {
      let longer = min(limit * 2, longestTimeout)
      var changed = limits
      changed.timeout = longer
      return [
        ProposalDraft(
          kind: .longerTimeout, limits: changed,
          description: """
            Raise the time limit from \(limit.wholeMilliseconds) ms to \(longer.wholeMilliseconds) ms: calls that succeed \
            take up to \(slowest.wholeMilliseconds) ms, so the limit cuts off calls that are only slow.
            """)
      ]
    }
    let shorter = max(slowest * 4, shortestTimeout)
    guard shorter < limit else { return [] }
    var changed = limits
    changed.timeout = shorter
    return [
      ProposalDraft(
        kind: .shorterTimeout, limits: changed,
        description: """
          Lower the time limit from \(limit.wholeMilliseconds) ms to \(shorter.wholeMilliseconds) ms: calls that succeed \
          take at most \(slowest.wholeMilliseconds) ms, so waiting longer has only cost time.
          """)
    ]
  }

  private static func breaker(_ pattern: FailurePattern, limits: CapabilityLimits) -> ProposalDraft? {
    var changed = limits
    changed.breaker = CircuitBreakerConfiguration(
      failureThreshold: max(2, limits.breaker.failureThreshold / 2),
      resetTimeout: max(limits.breaker.resetTimeout, min(limits.breaker.resetTimeout * 2, longestReset)),
      probes: limits.breaker.probes)
    guard changed != limits else { return nil }
    return ProposalDraft(
      kind: .earlierBreaker, limits: changed,
      description: """
        Open the breaker after \(changed.breaker.failureThreshold) failures instead of \
        \(limits.breaker.failureThreshold) and wait \(changed.breaker.resetTimeout.wholeMilliseconds) ms before a probe: \
        the capability keeps failing (\(pattern.errorKind)), and calls that cannot succeed cost their callers time.
        """)
  }
}
