import JSON

/// Why bytes are no event.
public struct EventError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// The bytes are not JSON at all, or are cut off.
    case malformedJSON
    /// A field that every event has is missing.
    case missingField
    /// A field is there and cannot be what it says.
    case invalidField
  }

  public let kind: Kind
  /// What is wrong and where, in one line.
  public let message: String
  /// The byte, counted from 0, where the reader gave up, or where the wrong value begins.
  public let offset: Int
  /// The field, such as `metadata.user_id`; nil when it is the envelope itself.
  public let path: String?

  public init(kind: Kind, message: String, offset: Int, path: String?) {
    self.kind = kind
    self.message = message
    self.offset = offset
    self.path = path
  }

  public init(_ error: JSONError) {
    self.kind =
      switch error.kind {
      case .missingField: .missingField
      case .typeMismatch, .outOfRange, .constraint, .invalidValue: .invalidField
      default: .malformedJSON
      }
    self.message = error.description
    self.offset = error.offset
    self.path = error.path
  }

  public var description: String { message }
}
