import Events

/// The machine's own clocks. Uptimes count from the first use in the process.
public struct SystemClock: EventClock {
  private static let origin = ContinuousClock.now

  public init() {}

  public func now() -> Timestamp { .now() }

  public func uptime() -> Duration { Self.origin.duration(to: .now) }

  public func sleep(until uptime: Duration) async throws {
    try await Task.sleep(until: Self.origin.advanced(by: uptime), clock: .continuous)
  }
}
