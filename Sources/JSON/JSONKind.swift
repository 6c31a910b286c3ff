/// What a JSON value is, as its first byte tells.
public enum JSONKind: Hashable, Sendable, CustomStringConvertible {
  case null
  case bool
  case number
  case string
  case array
  case object

  /// The kind with its article, for messages: "a string", "an object".
  public var description: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The kind of the value that begins with `byte`, or nil when no value begins so.
  @usableFromInline
  init?(firstByte byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): self = .string
    case UInt8(ascii: "{"): self = .object
    case UInt8(ascii: "["): self = .array
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): self = .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
    case UInt8(ascii: "n"): self = .null
    default: return nil
    }
  }
}
