/// Something that is measured, on request, by its name.
protocol Benchmark: Sendable {
  /// The word on the command line: `codec`.
  var name: String { get }
  /// What it measures, for `roost-bench --help`.
  var summary: String { get }
  /// Measures. Ours and the yardstick take turns in the same run, so that a busy machine slows both.
  func run() async throws -> [Row]
}

/// One line of the table.
struct Row: Sendable {
  var what: String
  var ours: Double
  /// What the figures count, such as "/s" or "ms".
  var unit: String
  /// What ours is held against, such as "JSONDecoder", and its figure.
  var yardstick: (name: String, figure: Double)?

  init(_ what: String, ours: Double, unit: String = "/s", yardstick: (name: String, figure: Double)? = nil) {
    self.what = what
    self.ours = ours
    self.unit = unit
    self.yardstick = yardstick
  }
}
