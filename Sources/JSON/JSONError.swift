/// Why bytes are not the JSON that was asked for, and where.
///
/// Thrown by ``JSONReader`` for broken syntax and wrong types, and by generated types for missing fields and broken
/// constraints. While it passes through ``JSONReader/readObject(_:)`` and ``JSONReader/readArray(_:)`` it gathers the
/// path of the value, so the reader of a nested type need not know where it is used.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What code can switch on.
  public enum Kind: Hashable, Sendable {
    /// The bytes stop before the value does.
    case unexpectedEnd
    /// A byte stands where the grammar allows none such.
    case unexpectedCharacter
    /// A number that RFC 8259 does not know: a leading zero, `+1`, `.5`, `1.`.
    case invalidNumber
    /// A backslash followed by what is no escape.
    case invalidEscape
    /// A string holds bytes that are not UTF-8.
    case invalidUTF8
    /// A string holds a control character that is not escaped.
    case controlCharacter
    /// Arrays and objects are nested deeper than ``JSONLimits/maximumDepth``.
    case tooDeep
    /// Something follows the value.
    case trailingContent
    /// A value of another kind than the one asked for.
    case typeMismatch
    /// A number that the type asked for cannot hold.
    case outOfRange
    /// An object lacks a field that must be there.
    case missingField
    /// A value breaks the JSON Schema keyword named.
    case constraint(keyword: String)
    /// A value of the right kind that means nothing here, such as a time that is none.
    case invalidValue
  }

  public var kind: Kind
  /// The byte, counted from 0, at which the reader gave up; for a value that is well formed but wrong, its first byte.
  public var offset: Int
  /// What is wrong, without the place: "expected a string, found a number".
  public var message: String
  /// The path of the value, such as `payload.entities[3].name`; nil at the top.
  public var path: String?

  public init(_ kind: Kind, at offset: Int, _ message: String, path: String? = nil) {
    self.kind = kind
    self.offset = offset
    self.message = message
    self.path = path
  }

  /// One line: the path where there is one, what is wrong, and the byte.
  public var description: String {
    if let path { return "\(path): \(message) (byte \(offset))" }
    return "\(message) (byte \(offset))"
  }

  /// A required field that an object lacks. `offset` is where the object begins or ends.
  public static func missingField(_ name: String, at offset: Int) -> JSONError {
    JSONError(.missingField, at: offset, "required field is missing", path: name)
  }

  /// A value that breaks the JSON Schema keyword `keyword`; `message` says how, such as "must not be empty".
  public static func constraint(_ keyword: String, _ message: String, at offset: Int) -> JSONError {
    JSONError(.constraint(keyword: keyword), at: offset, "\(keyword): \(message)")
  }

  /// A value of the right kind that means nothing here.
  public static func invalidValue(_ message: String, at offset: Int) -> JSONError {
    JSONError(.invalidValue, at: offset, message)
  }

  /// The same error seen from the object that holds the value as its field `name`.
  public func within(field name: String) -> JSONError {
    var error = self
    if let path { error.path = path.hasPrefix("[") ? name + path : "\(name).\(path)" } else { error.path = name }
    return error
  }

  /// The same error seen from the array that holds the value at `index`.
  public func within(index: Int) -> JSONError {
    var error = self
    if let path {
      error.path = path.hasPrefix("[") ? "[\(index)]\(path)" : "[\(index)].\(path)"
    } else {
      error.path = "[\(index)]"
    }
    return error
  }
}
