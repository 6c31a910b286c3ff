extension JSONReader {
  /// Reads a string. An escape of a lone surrogate becomes U+FFFD, as no `String` can hold it.
  public mutating func readString() throws(JSONError) -> String {
    skipWhiteSpace()
    guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else { throw mismatch(expected: .string) }
    let text = try scanString()
    return text.hasEscapes ? unescapedString(text.utf8) : String(decoding: text.utf8, as: UTF8.self)
  }

  /// Reads a string and lends its bytes to `body` while they lie in the document; escapes are resolved beforehand.
  /// The bytes are valid UTF-8 and must not be kept.
  public mutating func readString<T>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(JSONError) -> T
  ) throws(JSONError) -> T {
    skipWhiteSpace()
    guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else { throw mismatch(expected: .string) }
    let text = try scanString()
    guard text.hasEscapes else { return try body(text.utf8) }
    let resolved = Array(unescapedString(text.utf8).utf8)
    return try resolved.withUnsafeBufferPointer { (buffer) throws(JSONError) -> T in try body(buffer) }
  }

  /// What lies between two quotation marks, checked.
  struct RawString {
    var utf8: UnsafeBufferPointer<UInt8>
    var hasEscapes: Bool
  }

  /// Passes the string whose opening quotation mark is at the cursor, checking its escapes and its UTF-8.
  mutating func scanString() throws(JSONError) -> RawString {
    let body = cursor + 1
    var place = body
    var hasEscapes = false
    var highBits: UInt64 = 0
    while true {
      place = firstSpecial(from: place, to: end, highBits: &highBits)
      guard place < end else {
        // Broken UTF-8 comes before the missing quotation mark, so it is what is reported.
        try checkUTF8(body, end)
        throw JSONError(.unexpectedEnd, at: end - start, "the string has no closing quotation mark")
      }
      if place.pointee == UInt8(ascii: "\"") { break }
      if place.pointee == UInt8(ascii: "\\") {
        hasEscapes = true
        place = try passEscape(place)
      } else {
        try checkUTF8(body, place)
        throw JSONError(
          .controlCharacter, at: place - start, "\(character(at: place)) must be escaped in a string")
      }
    }
    if highBits & 0x8080_8080_8080_8080 != 0 { try checkUTF8(body, place) }
    cursor = place + 1
    return RawString(utf8: UnsafeBufferPointer(start: body, count: place - body), hasEscapes: hasEscapes)
  }

  /// The byte after the escape that begins at `place`.
  private func passEscape(_ place: UnsafePointer<UInt8>) throws(JSONError) -> UnsafePointer<UInt8> {
    guard place + 1 < end else {
      throw JSONError(.unexpectedEnd, at: end - start, "the string has no closing quotation mark")
    }
    switch place[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return place + 2
    case UInt8(ascii: "u"):
      for digit in place + 2..<place + 6 {
        guard digit < end else {
          throw JSONError(.unexpectedEnd, at: end - start, "the string has no closing quotation mark")
        }
        guard hexadecimalDigit(digit.pointee) != nil else {
          throw JSONError(
            .invalidEscape, at: digit - start,
            "expected four hexadecimal digits after '\\u', found \(character(at: digit))")
        }
      }
      return place + 6
    default:
      throw JSONError(.invalidEscape, at: place - start, "'\\' followed by \(character(at: place + 1)) is no escape")
    }
  }

  private func checkUTF8(_ from: UnsafePointer<UInt8>, _ to: UnsafePointer<UInt8>) throws(JSONError) {
    guard let place = firstInvalidUTF8(from, to) else { return }
    throw JSONError(.invalidUTF8, at: place - start, "\(character(at: place)) is not UTF-8")
  }
}
