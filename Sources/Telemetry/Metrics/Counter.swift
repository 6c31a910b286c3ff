/// A value that only grows. Copies count on the same number; any thread may count, without a lock.
public struct Counter: Sendable {
  let cell: ScalarCell

  init(cell: ScalarCell) { self.cell = cell }

  /// The counter of that name and labels in the registry; made when it is not there.
  public init(
    _ name: String, labels: [String: String] = [:], help: String = "", registry: MetricsRegistry = .shared
  ) {
    self = registry.counter(name, labels: labels, help: help)
  }

  /// Adds `amount`; a negative one is ignored.
  public func increment(by amount: Int = 1) {
    if amount > 0 { cell.add(Double(amount)) }
  }

  /// Adds `amount`; a negative one or a NaN is ignored.
  public func increment(by amount: Double) {
    if amount > 0 { cell.add(amount) }
  }

  /// What was counted up to now.
  public var value: Double { cell.value }
}
