import JSON

extension Schema {
  /// What in the value does not match; empty when everything does.
  ///
  /// - Parameters:
  ///   - components: What ``ref(_:)`` names; a name that is not among them is a violation.
  ///   - limit: No more than so many violations are reported.
  public func validate(
    _ value: JSONValue, components: [String: Schema] = [:], limit: Int = 20
  ) -> [Violation] {
    var validation = SchemaValidation(components: components, limit: limit)
    validation.check(value, against: self, at: "")
    return validation.violations
  }
}

/// One walk over a value.
struct SchemaValidation {
  let components: [String: Schema]
  let limit: Int
  private(set) var violations: [Violation] = []
  private var depth = 0

  init(components: [String: Schema], limit: Int) {
    self.components = components
    self.limit = limit
  }

  mutating func check(_ value: JSONValue, against schema: Schema, at pointer: String) {
    guard violations.count < limit else { return }
    switch schema {
    case .any: return
    case .described(let schema, _): check(value, against: schema, at: pointer)
    case .nullable(let schema):
      if value != .null { check(value, against: schema, at: pointer) }
    case .ref(let name):
      guard let schema = components[name] else { return add(pointer, "$ref", "The schema \(name) is not known.") }
      // A component that names itself without a value in between would never end.
      depth += 1
      defer { depth -= 1 }
      guard depth < 256 else { return add(pointer, "$ref", "The schema \(name) goes in a circle.") }
      check(value, against: schema, at: pointer)
    case .anyOf(let schemas): checkAny(value, schemas, pointer)
    case .boolean:
      guard case .bool = value else { return addType(pointer, "a boolean") }
    case .string(let format, let minimum, let maximum, let values):
      checkString(value, format, minimum, maximum, values, pointer)
    case .integer(let minimum, let maximum): checkInteger(value, minimum, maximum, pointer)
    case .number(let minimum, let maximum): checkNumber(value, minimum, maximum, pointer)
    case .array(let element, let minimum, let maximum):
      guard case .array(let values) = value else { return addType(pointer, "an array") }
      if let minimum, values.count < minimum {
        add(pointer, "minItems", "It has \(values.count) items, at least \(minimum) are needed.")
      }
      if let maximum, values.count > maximum {
        return add(pointer, "maxItems", "It has \(values.count) items, at most \(maximum) are allowed.")
      }
      for (index, value) in values.enumerated() { check(value, against: element, at: "\(pointer)/\(index)") }
    case .object(let properties, let required, let additional):
      guard case .object(let object) = value else { return addType(pointer, "an object") }
      for name in required where object[name] == nil {
        add(Self.pointer(pointer, name), "required", "This field is required.")
      }
      for (name, value) in object {
        if let schema = properties[name] {
          check(value, against: schema, at: Self.pointer(pointer, name))
        } else {
          checkAdditional(value, additional, Self.pointer(pointer, name))
        }
      }
    }
  }

  private mutating func checkAdditional(_ value: JSONValue, _ additional: Schema.Additional, _ pointer: String) {
    switch additional {
    case .allowed: return
    case .refused: add(pointer, "additionalProperties", "This field is not known.")
    case .of(let schema): check(value, against: schema, at: pointer)
    }
  }

  private mutating func checkAny(_ value: JSONValue, _ schemas: [Schema], _ pointer: String) {
    for schema in schemas {
      var attempt = SchemaValidation(components: components, limit: 1)
      attempt.depth = depth
      attempt.check(value, against: schema, at: pointer)
      if attempt.violations.isEmpty { return }
    }
    add(pointer, "anyOf", "It matches none of the forms that are allowed here.")
  }

  private mutating func checkString(
    _ value: JSONValue, _ format: Schema.Format?, _ minimum: Int?, _ maximum: Int?, _ values: [String]?,
    _ pointer: String
  ) {
    guard case .string(let text) = value else { return addType(pointer, "a string") }
    if let values, !values.contains(text) {
      return add(pointer, "enum", "It must be one of: \(values.joined(separator: ", ")).")
    }
    if minimum != nil || maximum != nil {
      let length = text.unicodeScalars.count
      if let minimum, length < minimum {
        add(
          pointer, "minLength", minimum == 1 ? "It must not be empty." : "It must have \(minimum) characters or more.")
      }
      if let maximum, length > maximum { add(pointer, "maxLength", "It must have \(maximum) characters or fewer.") }
    }
    if let format, !StringFormat.matches(text, format) {
      if format == .withoutNul {
        add(pointer, "pattern", "It must not hold the character U+0000.")
      } else {
        add(pointer, "format", "It is not a valid \(format.rawValue).")
      }
    }
  }

  private mutating func checkInteger(_ value: JSONValue, _ minimum: Int64?, _ maximum: Int64?, _ pointer: String) {
    let number: Int64
    switch value {
    case .integer(let value): number = value
    case .number(let value):
      // 3.0 is an integer to JSON Schema.
      guard let exact = Int64(exactly: value) else { return addType(pointer, "a whole number") }
      number = exact
    default: return addType(pointer, "a whole number")
    }
    if let minimum, number < minimum { add(pointer, "minimum", "It must be \(minimum) or more.") }
    if let maximum, number > maximum { add(pointer, "maximum", "It must be \(maximum) or less.") }
  }

  private mutating func checkNumber(_ value: JSONValue, _ minimum: Double?, _ maximum: Double?, _ pointer: String) {
    guard let number = value.doubleValue else { return addType(pointer, "a number") }
    if let minimum, number < minimum { add(pointer, "minimum", "It must be \(minimum) or more.") }
    if let maximum, number > maximum { add(pointer, "maximum", "It must be \(maximum) or less.") }
  }

  private mutating func addType(_ pointer: String, _ expected: String) {
    add(pointer, "type", "It must be \(expected).")
  }

  private mutating func add(_ pointer: String, _ keyword: String, _ message: String) {
    guard violations.count < limit else { return }
    violations.append(Violation(pointer: pointer, keyword: keyword, message: message))
  }

  private static func pointer(_ parent: String, _ name: String) -> String {
    guard name.utf8.contains(where: { $0 == 0x7E || $0 == 0x2F }) else { return "\(parent)/\(name)" }
    var escaped = parent + "/"
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
