import Synchronization

/// Holds a program's metrics and writes them in Prometheus' text format.
///
/// Asking for a metric takes a lock; counting on what was given back does not: keep the metric, do not ask for it in a
/// hot path. The same name and labels give the same metric. Any thread may call anything here.
///
/// Series are bounded: past ``seriesLimit`` label sets of one name, further ones share a series whose labels all
/// read `overflow`, so that input in a label cannot fill the memory.
public final class MetricsRegistry: Sendable {
  /// The registry that metrics use unless told otherwise.
  public static let shared = MetricsRegistry()

  /// Label sets kept for one name.
  public let seriesLimit: Int
  private let families = Mutex<[String: MetricFamily]>([:])

  public init(seriesLimit: Int = 1_000) { self.seriesLimit = seriesLimit }

  /// A value that only grows. Names end in `_total` by convention.
  public func counter(_ name: String, labels: [String: String] = [:], help: String = "") -> Counter {
    let cell = cell(name, labels, help, .counter, make: { .counter(ScalarCell()) })
    if case .counter(let cell) = cell { return Counter(cell: cell) }
    return Counter(cell: ScalarCell())
  }

  /// A value that goes up and down.
  public func gauge(_ name: String, labels: [String: String] = [:], help: String = "") -> Gauge {
    let cell = cell(name, labels, help, .gauge, make: { .gauge(ScalarCell()) })
    if case .gauge(let cell) = cell { return Gauge(cell: cell) }
    return Gauge(cell: ScalarCell())
  }

  /// A gauge whose value is asked for when the metrics are read. The last closure given for a name and labels wins.
  ///
  /// - Parameter value: Called on the reader's thread; must not wait and must not use this registry.
  public func gauge(
    _ name: String, labels: [String: String] = [:], help: String = "", reading value: @escaping @Sendable () -> Double
  ) {
    families.withLock { families in
      var family = families[MetricName.metric(name)] ?? MetricFamily(kind: .gauge, help: help)
      guard family.kind == .gauge else { return }
      family.set(.reading(value), for: MetricLabels(labels), limit: seriesLimit)
      families[MetricName.metric(name)] = family
    }
  }

  /// Observations sorted into buckets.
  ///
  /// - Parameter buckets: Upper bounds in the unit that is recorded, ascending, at most 31; fixed by the first call.
  public func histogram(
    _ name: String, labels: [String: String] = [:], help: String = "", buckets: [Double] = Histogram.defaultBuckets
  ) -> Histogram {
    let cell = cell(name, labels, help, .histogram, make: { .histogram(HistogramCell(buckets: buckets)) })
    if case .histogram(let cell) = cell { return Histogram(cell: cell) }
    return Histogram(cell: HistogramCell(buckets: buckets))
  }

  /// A histogram of durations in seconds. Names end in `_seconds` by convention.
  public func timer(
    _ name: String, labels: [String: String] = [:], help: String = "", buckets: [Double] = Histogram.defaultBuckets
  ) -> Timer {
    Timer(histogram: histogram(name, labels: labels, help: help, buckets: buckets))
  }

  /// Every metric in Prometheus' text exposition format 0.0.4, names and labels in a stable order.
  public func prometheusText() -> String {
    let families = self.families.withLock { $0 }
    var text = PrometheusText()
    for (name, family) in families.sorted(by: { $0.key < $1.key }) { text.append(name: name, family) }
    return text.text
  }

  private func cell(
    _ name: String, _ labels: [String: String], _ help: String, _ kind: MetricFamily.Kind, make: () -> MetricFamily.Cell
  ) -> MetricFamily.Cell? {
    let name = MetricName.metric(name)
    return families.withLock { families in
      var family = families[name] ?? MetricFamily(kind: kind, help: help)
      // A second kind under one name cannot be exposed: the caller counts on a metric that nobody reads.
      guard family.kind == kind else { return nil }
      if family.help.isEmpty { family.help = help }
      let cell = family.cell(for: MetricLabels(labels), limit: seriesLimit, make: make)
      families[name] = family
      return cell
    }
  }
}
