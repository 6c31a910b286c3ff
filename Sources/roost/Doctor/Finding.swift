import JSON

/// What one check of the doctor found.
struct Finding: Sendable, Equatable {
  enum Verdict: String, Sendable, Comparable {
    case ok, warning, failure

    private var weight: Int {
      switch self {
      case .ok: 0
      case .warning: 1
      case .failure: 2
      }
    }

    static func < (left: Verdict, right: Verdict) -> Bool { left.weight < right.weight }
  }

  var verdict: Verdict
  /// What was looked at: `data folder`.
  var check: String
  var message: String
  /// What to do about it.
  var advice: String?

  static func ok(_ check: String, _ message: String) -> Finding {
    Finding(verdict: .ok, check: check, message: message)
  }

  static func warning(_ check: String, _ message: String, _ advice: String? = nil) -> Finding {
    Finding(verdict: .warning, check: check, message: message, advice: advice)
  }

  static func failure(_ check: String, _ message: String, _ advice: String? = nil) -> Finding {
    Finding(verdict: .failure, check: check, message: message, advice: advice)
  }

  var document: JSONValue {
    [
      "check": .string(check), "verdict": .string(verdict.rawValue), "message": .string(message),
      "advice": advice.map { .string($0) } ?? .null,
    ]
  }

  func lines(style: Style) -> [String] {
    let mark =
      switch verdict {
      case .ok: style.green("ok  ")
      case .warning: style.yellow("warn")
      case .failure: style.red("FAIL")
      }
    let first = "\(mark)  \(DisplayText.padded(check, to: 22))  \(DisplayText.printable(message))"
    return [first] + (advice.map { [String(repeating: " ", count: 30) + style.dim("→ " + $0)] } ?? [])
  }
}
