/// The series of one metric name.
struct MetricFamily: Sendable {
  enum Kind: String, Sendable { case counter, gauge, histogram }

  enum Cell: Sendable {
    case counter(ScalarCell)
    case gauge(ScalarCell)
    case reading(@Sendable () -> Double)
    case histogram(HistogramCell)
  }

  let kind: Kind
  var help: String
  private(set) var series: [MetricLabels: Cell] = [:]

  init(kind: Kind, help: String) {
    self.kind = kind
    self.help = help
  }

  mutating func cell(for labels: MetricLabels, limit: Int, make: () -> Cell) -> Cell {
    if let known = series[labels] { return known }
    let labels = series.count < limit ? labels : labels.overflow
    if let known = series[labels] { return known }
    let made = make()
    series[labels] = made
    return made
  }

  mutating func set(_ cell: Cell, for labels: MetricLabels, limit: Int) {
    let known = series[labels] != nil || series.count < limit
    series[known ? labels : labels.overflow] = cell
  }
}
