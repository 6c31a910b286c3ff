/// Something that is measured, on request, by its name.
protocol Benchmark: Sendable {
  /// The word on the command line: `codec`.
  var name: String { get }
  /// What it measures, for `roost-bench --help`.
  var summary: String { get }
  /// Measures. Ours and the yardstick take turns in the same run, so that a busy machine slows both.
  func run() async throws -> [Row]
}

/// One line of the table: how often a second.
struct Row: Sendable {
  var what: String
  /// Times a second.
  var ours: Double
  /// What ours is held against, such as "JSONDecoder", and how often a second it does the same.
  var yardstick: (name: String, perSecond: Double)?

  init(_ what: String, ours: Double, yardstick: (name: String, perSecond: Double)? = nil) {
    self.what = what
    self.ours = ours
    self.yardstick = yardstick
  }
}
