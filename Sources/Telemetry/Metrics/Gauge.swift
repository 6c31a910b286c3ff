/// A value that goes up and down. Copies set the same number; any thread may set it, without a lock.
public struct Gauge: Sendable {
  let cell: ScalarCell

  init(cell: ScalarCell) { self.cell = cell }

  /// The gauge of that name and labels in the registry; made when it is not there.
  public init(
    _ name: String, labels: [String: String] = [:], help: String = "", registry: MetricsRegistry = .shared
  ) {
    self = registry.gauge(name, labels: labels, help: help)
  }

  public func set(_ value: Double) { cell.set(value) }
  public func set(_ value: Int) { cell.set(Double(value)) }
  public func increment(by amount: Double = 1) { cell.add(amount) }
  public func decrement(by amount: Double = 1) { cell.add(-amount) }

  /// What it stands at.
  public var value: Double { cell.value }
}
