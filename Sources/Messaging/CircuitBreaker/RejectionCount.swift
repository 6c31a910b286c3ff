/// How many calls were rejected since that was last told, and when to tell it again: the first at once, then at most
/// once every ten seconds, however many there are.
struct RejectionCount: Sendable {
  private static let interval = Duration.seconds(10)

  private var count = 0
  private var toldAt: Duration?

  /// Notes a rejected call. Returns the number to tell when it is time.
  mutating func add(at now: Duration) -> Int? {
    count += 1
    if let toldAt, now - toldAt < Self.interval { return nil }
    toldAt = now
    return takeRest()
  }

  /// What was not told yet: for the end of an outage, when no further call may come to tell it with.
  mutating func takeRest() -> Int? {
    defer { count = 0 }
    return count > 0 ? count : nil
  }
}
