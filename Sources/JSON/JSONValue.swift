/// Any JSON value, for content whose shape is not known beforehand.
///
/// Two objects with the same fields in another order are equal; `1` and `1.0` are not, as they are written differently.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  /// A number that neither `Int64` nor `Double` holds, as it was spelled: an integer beyond 64 bits, `1e999`.
  case largeNumber(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// Reads the one value that `text` holds.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }

  public var kind: JSONKind {
    switch self {
    case .null: .null
    case .bool: .bool
    case .integer, .number, .largeNumber: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}
