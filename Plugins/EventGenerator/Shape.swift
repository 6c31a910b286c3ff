/// What a schema says of a value, in the terms that Swift source is made of.
indirect enum Shape: Equatable {
  case string(Limits<Int>)
  case integer(Limits<Int>)
  case number(Limits<Double>)
  case boolean
  case timestamp
  /// Any JSON value.
  case any
  /// An object whose fields the schema does not name.
  case freeObject
  case array(of: Shape, Limits<Int>)
  /// A structure or an enumeration of the event, by its Swift name.
  case named(String)

  /// A smallest and a largest value, length or number of items, both inclusive.
  struct Limits<Bound: Equatable>: Equatable {
    var minimum: Bound?
    var maximum: Bound?

    var isEmpty: Bool { minimum == nil && maximum == nil }
  }

  /// The type's spelling.
  var swiftType: String {
    switch self {
    case .string: "String"
    case .integer: "Int"
    case .number: "Double"
    case .boolean: "Bool"
    case .timestamp: "Timestamp"
    case .any, .freeObject: "JSONValue"
    case .array(let element, _): "[\(element.swiftType)]"
    case .named(let name): name
    }
  }

  /// The same shape with the types that it names spelt as members of `type`.
  func qualified(by type: String) -> Shape {
    switch self {
    case .named(let name): .named("\(type).\(name)")
    case .array(let element, let limits): .array(of: element.qualified(by: type), limits)
    default: self
    }
  }
}
