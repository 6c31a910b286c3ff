import JSON

/// Reading an answer of the server: what must be there and is not makes the command end, naming the field.
extension JSONValue {
  func text(_ name: String) throws(CommandError) -> String {
    guard let text = self[name]?.stringValue else { throw Self.missing(name) }
    return text
  }

  func list(_ name: String) throws(CommandError) -> [JSONValue] {
    guard let list = self[name]?.arrayValue else { throw Self.missing(name) }
    return list
  }

  private static func missing(_ name: String) -> CommandError {
    CommandError(.internalError, "the server's answer has no \(name): is it a Roost of another version?")
  }
}
