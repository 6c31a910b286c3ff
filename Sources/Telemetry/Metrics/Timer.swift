/// A histogram of durations, in seconds.
public struct Timer: Sendable {
  let histogram: Histogram

  init(histogram: Histogram) { self.histogram = histogram }

  /// The timer of that name and labels in the registry; made when it is not there.
  public init(
    _ name: String, labels: [String: String] = [:], help: String = "", buckets: [Double] = Histogram.defaultBuckets,
    registry: MetricsRegistry = .shared
  ) {
    self = registry.timer(name, labels: labels, help: help, buckets: buckets)
  }

  public func record(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    histogram.record(Double(seconds) + Double(attoseconds) * 1e-18)
  }

  public func record(seconds: Double) { histogram.record(seconds) }

  /// Runs the closure and records how long it took, thrown or not.
  public func measure<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    let start = ContinuousClock.now
    defer { record(ContinuousClock.now - start) }
    return try body()
  }

  /// How many were recorded, and their sum in seconds.
  public var summary: (count: Int, sum: Double) { histogram.summary }
}
