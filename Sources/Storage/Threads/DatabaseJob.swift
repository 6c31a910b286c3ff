/// A transaction that somebody waits for: it is queued, claimed by one thread, run, and resumed exactly once.
///
/// Until it is claimed it can be given up, by its caller or because its deadline has passed.
protocol DatabaseJob: AnyObject, Sendable {
  /// When the caller no longer wants to wait for its turn.
  var deadline: ContinuousClock.Instant { get }

  /// False when the caller is gone.
  var isWaiting: Bool { get }

  /// From now on it can no longer be given up. False when it already was.
  func claim() -> Bool

  /// Runs the closure and keeps its value for `succeed`. May be called again.
  func run(in transaction: Transaction) throws

  /// Resumes the caller with the value of the last run.
  func succeed()

  func fail(_ error: any Error)

  /// Resumes the caller with `error` unless it has been claimed.
  func giveUp(_ error: any Error)
}
