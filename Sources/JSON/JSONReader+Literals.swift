extension JSONReader {
  public mutating func readBool() throws(JSONError) -> Bool {
    skipWhiteSpace()
    guard cursor < end else { throw mismatch(expected: .bool) }
    switch cursor.pointee {
    case UInt8(ascii: "t"):
      try passLiteral("true")
      return true
    case UInt8(ascii: "f"):
      try passLiteral("false")
      return false
    default: throw mismatch(expected: .bool)
    }
  }

  public mutating func readNull() throws(JSONError) {
    skipWhiteSpace()
    guard cursor < end, cursor.pointee == UInt8(ascii: "n") else { throw mismatch(expected: .null) }
    try passLiteral("null")
  }

  /// Reads a null and says true, or stays where it is and says false.
  @inlinable
  public mutating func readIfNull() throws(JSONError) -> Bool {
    skipWhiteSpace()
    guard cursor < end, cursor.pointee == UInt8(ascii: "n") else { return false }
    try readNull()
    return true
  }

  mutating func passLiteral(_ literal: StaticString) throws(JSONError) {
    for index in 0..<literal.utf8CodeUnitCount {
      guard cursor + index < end, cursor[index] == literal.utf8Start[index] else {
        throw unexpected(expected: "'\(literal)'", at: cursor + index)
      }
    }
    cursor += literal.utf8CodeUnitCount
  }
}
