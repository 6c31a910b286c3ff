/// What the codec's source says of a shape.
extension Shape {
  /// A condition that a value read must meet, and the error when it does not.
  struct Check {
    var condition: String
    var keyword: String
    var message: String
  }

  var isArray: Bool { if case .array = self { true } else { false } }

  /// Whether one expression reads the value and nothing is left to check.
  var isPlain: Bool {
    switch self {
    case .string(let limits): limits.isEmpty
    case .integer(let limits): limits.isEmpty
    case .number(let limits): limits.isEmpty
    case .boolean, .timestamp, .any, .named: true
    case .freeObject: false
    case .array(let element, let limits): limits.isEmpty && element.isPlain && element != .boolean && !element.isArray
    }
  }

  /// The expression that reads the value without its checks.
  func expression(reader: String) -> String {
    switch self {
    case .string: "try \(reader).readString()"
    case .integer: "try \(reader).readInt()"
    case .number: "try \(reader).readDouble()"
    case .boolean: "try \(reader).readBool()"
    case .timestamp: "try Timestamp(from: &\(reader))"
    case .any, .freeObject: "try \(reader).readValue()"
    case .array(let element, _): "try \(reader).readArray(of: \(element.swiftType).self)"
    case .named(let name): "try \(name)(from: &\(reader))"
    }
  }

  func checks(of value: String) -> [Check] {
    switch self {
    case .string(let limits): Self.lengthChecks(limits, of: value)
    case .integer(let limits): Self.rangeChecks(limits, of: value)
    case .number(let limits): Self.rangeChecks(limits, of: value)
    case .array(_, let limits): Self.countChecks(limits, of: value)
    case .boolean, .timestamp, .any, .freeObject, .named: []
    }
  }

  /// JSON Schema counts Unicode's code points; UTF-8 takes one to four bytes for each, which decides most cases at once.
  private static func lengthChecks(_ limits: Limits<Int>, of value: String) -> [Check] {
    var checks: [Check] = []
    if let minimum = limits.minimum, minimum > 0 {
      checks.append(
        minimum == 1
          ? Check(condition: "!\(value).isEmpty", keyword: "minLength", message: "must not be empty")
          : Check(
            condition: "\(value).unicodeScalars.count >= \(minimum)", keyword: "minLength",
            message: "must have at least \(minimum) characters"))
    }
    if let maximum = limits.maximum {
      checks.append(
        Check(
          condition: "\(value).utf8.count <= \(maximum) || \(value).unicodeScalars.count <= \(maximum)",
          keyword: "maxLength", message: "must have at most \(maximum) character\(maximum == 1 ? "" : "s")"))
    }
    return checks
  }

  private static func rangeChecks<Bound>(_ limits: Limits<Bound>, of value: String) -> [Check] {
    var checks: [Check] = []
    if let minimum = limits.minimum {
      checks.append(
        Check(condition: "\(value) >= \(minimum)", keyword: "minimum", message: "must be at least \(minimum)"))
    }
    if let maximum = limits.maximum {
      checks.append(
        Check(condition: "\(value) <= \(maximum)", keyword: "maximum", message: "must be at most \(maximum)"))
    }
    return checks
  }

  private static func countChecks(_ limits: Limits<Int>, of value: String) -> [Check] {
    var checks: [Check] = []
    if let minimum = limits.minimum, minimum > 0 {
      checks.append(
        Check(
          condition: "\(value).count >= \(minimum)", keyword: "minItems",
          message: "must have at least \(minimum) item\(minimum == 1 ? "" : "s")"))
    }
    if let maximum = limits.maximum {
      checks.append(
        Check(
          condition: "\(value).count <= \(maximum)", keyword: "maxItems",
          message: "must have at most \(maximum) item\(maximum == 1 ? "" : "s")"))
    }
    return checks
  }
}
