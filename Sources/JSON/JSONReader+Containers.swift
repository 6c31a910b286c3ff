extension JSONReader {
  /// Reads an object, calling `field` for each name in the order they come.
  ///
  /// The closure reads the value; one that it leaves untouched is checked and passed over. An error that it throws
  /// gains the field's name in its path.
  @inlinable
  public mutating func readObject(
    _ field: (inout JSONReader, JSONKey) throws(JSONError) -> Void
  ) throws(JSONError) {
    var more = try beginContainer(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), kind: .object)
    while more {
      let key = try readKey()
      let value = cursor
      do throws(JSONError) {
        try field(&self, key)
        if cursor == value { try skipValue() }
      } catch {
        throw error.within(key)
      }
      more = try nextItem(close: UInt8(ascii: "}"))
    }
  }

  /// Reads an array, calling `element` for each of its values.
  ///
  /// The closure reads the value; one that it leaves untouched is checked and passed over. An error that it throws
  /// gains the element's index in its path.
  @inlinable
  public mutating func readArray(_ element: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
    var more = try beginContainer(open: UInt8(ascii: "["), close: UInt8(ascii: "]"), kind: .array)
    var index = 0
    while more {
      let value = cursor
      do throws(JSONError) {
        try element(&self)
        if cursor == value { try skipValue() }
      } catch {
        throw error.within(index: index)
      }
      index &+= 1
      more = try nextItem(close: UInt8(ascii: "]"))
    }
  }

  /// Reads an array of values that read themselves.
  @inlinable
  public mutating func readArray<Element: JSONCodable>(of type: Element.Type) throws(JSONError) -> [Element] {
    var elements: [Element] = []
    try readArray { (reader) throws(JSONError) in elements.append(try Element(from: &reader)) }
    return elements
  }

  /// Passes the opening bracket; false when the closing one follows at once and is passed too.
  @usableFromInline
  mutating func beginContainer(open: UInt8, close: UInt8, kind: JSONKind) throws(JSONError) -> Bool {
    skipWhiteSpace()
    guard cursor < end, cursor.pointee == open else { throw mismatch(expected: kind) }
    guard remainingDepth > 0 else { throw tooDeep() }
    cursor += 1
    skipWhiteSpace()
    if cursor < end, cursor.pointee == close {
      cursor += 1
      return false
    }
    remainingDepth -= 1
    return true
  }

  /// After an item: true at a comma, which is passed; false at the closing bracket, which is passed too.
  @inlinable
  @inline(__always)
  mutating func nextItem(close: UInt8) throws(JSONError) -> Bool {
    skipWhiteSpace()
    if cursor < end {
      if cursor.pointee == UInt8(ascii: ",") {
        cursor += 1
        skipWhiteSpace()
        return true
      }
      if cursor.pointee == close {
        cursor += 1
        remainingDepth += 1
        return false
      }
    }
    throw missingSeparator(close: close)
  }

  /// Reads a name, its colon and the white space after it, so that the cursor stands at the value.
  @usableFromInline
  mutating func readKey() throws(JSONError) -> JSONKey {
    guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else { throw unexpected(expected: "a field name") }
    let text = try scanString()
    if cursor < end, cursor.pointee == UInt8(ascii: ":") {
      cursor += 1
    } else {
      skipWhiteSpace()
      guard cursor < end, cursor.pointee == UInt8(ascii: ":") else { throw unexpected(expected: "':'") }
      cursor += 1
    }
    skipWhiteSpace()
    return JSONKey(utf8: text.utf8, hasEscapes: text.hasEscapes)
  }

  @usableFromInline
  @inline(never)
  func missingSeparator(close: UInt8) -> JSONError {
    unexpected(expected: close == UInt8(ascii: "}") ? "',' or '}'" : "',' or ']'")
  }
}

extension JSONError {
  @usableFromInline
  @inline(never)
  func within(_ key: JSONKey) -> JSONError { within(field: key.string) }
}
