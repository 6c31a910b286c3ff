/// Builds Prometheus' text exposition format.
struct PrometheusText {
  private(set) var text = ""

  mutating func append(name: String, _ family: MetricFamily) {
    if !family.help.isEmpty { text += "# HELP \(name) \(Self.escapedHelp(family.help))\n" }
    text += "# TYPE \(name) \(family.kind.rawValue)\n"
    let series = family.series.map { (labels: $0.key.labels, cell: $0.value) }
    for (labels, cell) in series.sorted(by: { Self.precedes($0.labels, $1.labels) }) {
      switch cell {
      case .counter(let cell), .gauge(let cell): append(name, labels, Self.number(cell.value))
      case .reading(let value): append(name, labels, Self.number(value()))
      case .histogram(let cell): append(name, labels, cell)
      }
    }
  }

  private mutating func append(_ name: String, _ labels: [MetricLabels.Label], _ cell: HistogramCell) {
    let (cumulative, sum) = cell.snapshot()
    for (index, count) in cumulative.enumerated() {
      let bound = index < cell.bounds.count ? Self.number(cell.bounds[index]) : "+Inf"
      append(name + "_bucket", labels + [.init(name: "le", value: bound)], String(count))
    }
    append(name + "_sum", labels, Self.number(sum))
    append(name + "_count", labels, String(cumulative.last ?? 0))
  }

  private mutating func append(_ name: String, _ labels: [MetricLabels.Label], _ value: String) {
    text += name
    if !labels.isEmpty {
      text += "{"
      for (index, label) in labels.enumerated() {
        if index > 0 { text += "," }
        text += "\(label.name)=\"\(Self.escapedLabel(label.value))\""
      }
      text += "}"
    }
    text += " \(value)\n"
  }

  private static func precedes(_ left: [MetricLabels.Label], _ right: [MetricLabels.Label]) -> Bool {
    left.lexicographicallyPrecedes(right) { ($0.name, $0.value) < ($1.name, $1.value) }
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return value.description
  }

  private static func escapedLabel(_ value: String) -> String { escaped(value, quote: true) }
  private static func escapedHelp(_ value: String) -> String { escaped(value, quote: false) }

  private static func escaped(_ value: String, quote: Bool) -> String {
    var made = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": made += "\\\\"
      case "\n": made += "\\n"
      case "\"" where quote: made += "\\\""
      default: made.unicodeScalars.append(character)
      }
    }
    return made
  }
}
