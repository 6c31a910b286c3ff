/// When a circuit opens, for how long, and how it is tried again. Numbers below the smallest sensible one are raised.
public struct CircuitBreakerConfiguration: Sendable, Hashable {
  /// Consecutive failures that open the circuit; at least 1.
  public let failureThreshold: Int
  /// How long an open circuit rejects calls before it lets probes through.
  public let resetTimeout: Duration
  /// Calls that a half-open circuit lets through; it closes when as many have succeeded. At least 1.
  public let probes: Int

  public init(failureThreshold: Int = 5, resetTimeout: Duration = .seconds(60), probes: Int = 1) {
    self.failureThreshold = max(1, failureThreshold)
    self.resetTimeout = max(.zero, resetTimeout)
    self.probes = max(1, probes)
  }
}
