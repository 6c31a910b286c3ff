/// How often a failed event is tried again, and when.
public struct RetryPolicy: Sendable {
  /// Attempts in place, the first one included; later events of the key wait meanwhile.
  public var attempts: Int
  /// The waits between them.
  public var backoff: Backoff
  /// Attempts after that out of `failed_deliveries`, before the event is dead.
  public var redeliveries: Int
  /// The waits before those.
  public var redeliveryBackoff: Backoff

  public init(
    attempts: Int = 3, backoff: Backoff = Backoff(first: .milliseconds(100), limit: .seconds(5)),
    redeliveries: Int = 5, redeliveryBackoff: Backoff = Backoff(first: .seconds(30), factor: 4, limit: .seconds(3600))
  ) {
    self.attempts = attempts
    self.backoff = backoff
    self.redeliveries = redeliveries
    self.redeliveryBackoff = redeliveryBackoff
  }
}
