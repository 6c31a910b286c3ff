extension JSONValue {
  public var isNull: Bool { self == .null }

  public var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The whole number; `2.0` is one, `2.5` and what does not fit are not.
  public var intValue: Int? {
    switch self {
    case .integer(let value): Int(exactly: value)
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The number, rounded to the nearest `Double` where it must be; nil for one larger than any.
  public var doubleValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .largeNumber(let spelling): Double(spelling).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  public var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  public var arrayValue: [JSONValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  public var objectValue: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }

  /// An object's field. Setting one on a value that is no object makes it an object; setting nil removes the field.
  public subscript(key: String) -> JSONValue? {
    get { objectValue?[key] }
    set {
      var object = objectValue ?? JSONObject()
      self = .null
      object[key] = newValue
      self = .object(object)
    }
  }

  /// An array's element, or nil when there is none at `index`.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}
