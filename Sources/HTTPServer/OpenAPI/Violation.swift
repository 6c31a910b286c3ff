/// One way in which a value does not match its schema.
public struct Violation: Sendable, Equatable {
  /// Where, as a JSON Pointer (RFC 6901); empty for the whole value.
  public var pointer: String
  /// The JSON Schema keyword that is not met, for example `required`.
  public var keyword: String
  /// What is wrong, in one sentence for a person.
  public var message: String

  public init(pointer: String, keyword: String, message: String) {
    self.pointer = pointer
    self.keyword = keyword
    self.message = message
  }
}
