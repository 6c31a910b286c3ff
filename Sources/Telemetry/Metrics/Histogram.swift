/// Observations sorted into buckets. Copies count on the same buckets; any thread may record, without a lock.
public struct Histogram: Sendable {
  /// For durations in seconds: half a millisecond to a minute.
  public static let defaultBuckets: [Double] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
  ]

  let cell: HistogramCell

  init(cell: HistogramCell) { self.cell = cell }

  /// The histogram of that name and labels in the registry; made when it is not there.
  public init(
    _ name: String, labels: [String: String] = [:], help: String = "", buckets: [Double] = Histogram.defaultBuckets,
    registry: MetricsRegistry = .shared
  ) {
    self = registry.histogram(name, labels: labels, help: help, buckets: buckets)
  }

  /// Takes one observation; NaN is ignored.
  public func record(_ value: Double) { cell.record(value) }
  public func record(_ value: Int) { cell.record(Double(value)) }

  /// How many were observed, and their sum.
  public var summary: (count: Int, sum: Double) {
    let (cumulative, sum) = cell.snapshot()
    return (cumulative.last ?? 0, sum)
  }
}
