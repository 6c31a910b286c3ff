/// Growing waits between attempts, spread at random so that those who failed together do not return together.
public struct Backoff: Sendable, Hashable {
  /// The wait after the first failure.
  public var first: Duration
  /// What each wait is multiplied with for the next one.
  public var factor: Double
  /// The longest wait.
  public var limit: Duration
  /// How far a wait may lie beside its nominal length, as a share of it: 0.2 is a fifth either way.
  public var jitter: Double

  public init(first: Duration, factor: Double = 2, limit: Duration, jitter: Double = 0.2) {
    self.first = first
    self.factor = factor
    self.limit = limit
    self.jitter = jitter
  }

  /// How long to wait after a failure; never longer than the limit.
  ///
  /// - Parameter attempt: Which failure in a row it was, the first one being 1.
  public func delay(attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
    var delay = first
    var remaining = attempt - 1
    // Stops at the limit: a power of the factor may be more than a duration holds.
    while remaining > 0, delay < limit {
      delay = min(limit, delay * factor)
      remaining -= 1
    }
    let spread = jitter > 0 ? Double.random(in: -jitter...jitter, using: &generator) : 0
    return min(limit, delay * (1 + spread))
  }
}
