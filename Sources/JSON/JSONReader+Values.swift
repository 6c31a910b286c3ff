extension JSONReader {
  /// Passes the next value, whatever it is, checking it as strictly as if it were read. Makes nothing.
  public mutating func skipValue() throws(JSONError) {
    skipWhiteSpace()
    guard cursor < end else { throw endOfInput(expected: "a value") }
    switch cursor.pointee {
    case UInt8(ascii: "\""):
      _ = try scanString()
    case UInt8(ascii: "{"):
      var more = try beginContainer(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), kind: .object)
      while more {
        _ = try readKey()
        try skipValue()
        more = try nextItem(close: UInt8(ascii: "}"))
      }
    case UInt8(ascii: "["):
      var more = try beginContainer(open: UInt8(ascii: "["), close: UInt8(ascii: "]"), kind: .array)
      while more {
        try skipValue()
        more = try nextItem(close: UInt8(ascii: "]"))
      }
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      _ = try scanNumber()
    case UInt8(ascii: "t"): try passLiteral("true")
    case UInt8(ascii: "f"): try passLiteral("false")
    case UInt8(ascii: "n"): try passLiteral("null")
    default: throw unexpected(expected: "a value")
    }
  }

  /// Passes the next value, checking it, and hands back its bytes exactly as they came.
  public mutating func readRaw() throws(JSONError) -> [UInt8] {
    skipWhiteSpace()
    let begin = cursor
    try skipValue()
    return [UInt8](UnsafeBufferPointer(start: begin, count: cursor - begin))
  }

  /// Reads the next value, whatever it is.
  public mutating func readValue() throws(JSONError) -> JSONValue {
    switch try peekKind() {
    case .null:
      try readNull()
      return .null
    case .bool: return .bool(try readBool())
    case .string: return .string(try readString())
    case .number:
      let number = try scanNumber()
      if number.isInteger, let value = int64Value(number), !(value == 0 && number.isNegative) { return .integer(value) }
      if !number.isInteger || number.utf8.count == 2, let value = doubleValue(number) { return .number(value) }
      return .largeNumber(String(decoding: number.utf8, as: UTF8.self))
    case .array:
      var elements: [JSONValue] = []
      try readArray { (reader) throws(JSONError) in elements.append(try reader.readValue()) }
      return .array(elements)
    case .object:
      var object = JSONObject()
      try readObject { (reader, key) throws(JSONError) in object[key.string] = try reader.readValue() }
      return .object(object)
    }
  }
}
