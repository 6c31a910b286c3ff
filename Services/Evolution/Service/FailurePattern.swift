import RuntimeHost

/// A capability that keeps failing, and the calls that say so.
struct FailurePattern: Sendable, Equatable {
  /// How the failures are told from bad luck.
  struct Rule: Sendable, Equatable {
    /// The newest calls that are looked at.
    var window = 20
    /// Fewer failures than this are no pattern.
    var minimumFailures = 5
    /// A smaller share of failures than this is no pattern.
    var minimumShare = 0.5
  }

  /// The type under which it is published.
  static let type = "capability_failing"

  /// The calls it was found in, oldest first.
  var calls: [RecordedCall]
  /// The commonest kind of failure.
  var errorKind: String
  /// The lower end of the 95 % Wilson interval of the share of failures, 0 to 1: few calls give little confidence.
  var confidence: Double

  /// Looks at the newest calls.
  /// - Parameter calls: Oldest first, none of a kind that does not count.
  init?(in calls: [RecordedCall], rule: Rule = Rule()) {
    let recent = Array(calls.suffix(rule.window))
    let failures = recent.compactMap(\.errorKind)
    guard failures.count >= rule.minimumFailures,
      Double(failures.count) >= rule.minimumShare * Double(recent.count)
    else { return nil }
    self.calls = recent
    let counts = Dictionary(failures.map { ($0, 1) }, uniquingKeysWith: +)
    errorKind = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    confidence = Self.wilsonLowerBound(successes: failures.count, of: recent.count)
  }

  /// The lower bound of the Wilson score interval at 95 %.
  static func wilsonLowerBound(successes: Int, of count: Int) -> Double {
    guard count > 0 else { return 0 }
    let z = 1.96
    let n = Double(count)
    let share = Double(successes) / n
    let centre = share + z * z / (2 * n)
    let spread = z * ((share * (1 - share) + z * z / (4 * n)) / n).squareRoot()
    return max(0, (centre - spread) / (1 + z * z / n))
  }
}
