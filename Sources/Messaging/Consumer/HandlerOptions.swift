/// How a handler is run.
public struct HandlerOptions: Sendable {
  /// What becomes of the later events of a key when one of them has failed.
  public enum Ordering: String, Sendable, CaseIterable {
    /// They go on.
    case free
    /// They wait behind it until it is put right.
    case strict
  }

  /// How long one attempt may take; then it counts as failed and its transactions are refused.
  public var deadline: Duration
  public var retry: RetryPolicy
  public var ordering: Ordering
  /// How many events of different keys it handles side by side.
  public var concurrency: Int

  public init(
    deadline: Duration = .seconds(30), retry: RetryPolicy = RetryPolicy(), ordering: Ordering = .free,
    concurrency: Int = 16
  ) {
    self.deadline = deadline
    self.retry = retry
    self.ordering = ordering
    self.concurrency = concurrency
  }
}
