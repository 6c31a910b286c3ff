import Events

/// Where time comes from: the wall clock for what is written down, and an uptime for everything that waits.
///
/// The wall clock may jump either way, so nothing is ordered, leased or timed out by it. Any task may call.
public protocol EventClock: Sendable {
  /// The wall clock.
  func now() -> Timestamp

  /// How long it is since some moment of the past: never goes back, and counts on while the process is stopped.
  func uptime() -> Duration

  /// Returns when `uptime()` has reached the deadline; at once when it is behind.
  ///
  /// - Throws: `CancellationError` when the task is cancelled, also before the wait.
  func sleep(until uptime: Duration) async throws
}

extension EventClock {
  /// Sleeps for a duration from now.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  public func sleep(for duration: Duration) async throws {
    try await sleep(until: uptime() + duration)
  }
}
