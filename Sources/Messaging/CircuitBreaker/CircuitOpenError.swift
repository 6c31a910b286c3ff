/// A call that was not made because the circuit is open.
public struct CircuitOpenError: Error, Hashable, CustomStringConvertible {
  /// The breaker's name.
  public let name: String
  /// When asking again may have another answer.
  public let retryAfter: Duration

  public init(name: String, retryAfter: Duration) {
    self.name = name
    self.retryAfter = retryAfter
  }

  public var description: String { "the circuit of \(name) is open; try again in \(retryAfter)" }
}
