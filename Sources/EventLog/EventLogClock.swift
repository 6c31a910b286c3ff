import Events

/// The times that a log reads: the date for people and retention, and a steady clock for signs of life.
public struct EventLogClock: Sendable {
  /// The date.
  public var date: @Sendable () -> Timestamp
  /// Time since some moment; never turned back.
  public var uptime: @Sendable () -> Duration

  /// The machine's clocks.
  public init() {
    let start = ContinuousClock.now
    date = Timestamp.now
    uptime = { ContinuousClock.now - start }
  }

  public init(date: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Duration) {
    self.date = date
    self.uptime = uptime
  }
}
