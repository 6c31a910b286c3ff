import JSON

extension Parameter {
  /// What is wrong with the values that came under this name; nil when nothing is.
  func violation(in values: [String], components: [String: Schema]) -> String? {
    guard !values.isEmpty else { return isRequired ? "The \(location.rawValue) parameter \(name) is required." : nil }
    if case .array(let element, let minimum, let maximum) = schema.withoutDescription {
      if let minimum, values.count < minimum { return "The parameter \(name) must come \(minimum) times or more." }
      if let maximum, values.count > maximum { return "The parameter \(name) must come \(maximum) times or fewer." }
      return values.lazy.compactMap { self.violation(of: $0, element, components) }.first
    }
    if values.count > 1 { return "The parameter \(name) must come once only." }
    return violation(of: values[0], schema, components)
  }

  private func violation(of text: String, _ schema: Schema, _ components: [String: Schema]) -> String? {
    let value: JSONValue
    switch schema.resolved(components) {
    case .integer: value = Int64(text).map { .integer($0) } ?? .string(text)
    case .number: value = Double(text).map { .number($0) } ?? .string(text)
    case .boolean: value = text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
    default: value = .string(text)
    }
    let violation = schema.validate(value, components: components, limit: 1).first
    return violation.map { "The \(location.rawValue) parameter \(name) is not valid. \($0.message)" }
  }
}

extension Schema {
  var withoutDescription: Schema {
    if case .described(let schema, _) = self { schema.withoutDescription } else { self }
  }

  /// The schema behind descriptions, references and nullability, as far as it can be known.
  fileprivate func resolved(_ components: [String: Schema], depth: Int = 0) -> Schema {
    guard depth < 16 else { return self }
    switch self {
    case .described(let schema, _), .nullable(let schema): return schema.resolved(components, depth: depth + 1)
    case .ref(let name): return components[name]?.resolved(components, depth: depth + 1) ?? self
    default: return self
    }
  }
}
