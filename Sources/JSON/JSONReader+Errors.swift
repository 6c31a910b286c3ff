extension JSONReader {
  @usableFromInline
  @inline(never)
  func endOfInput(expected: String) -> JSONError {
    JSONError(.unexpectedEnd, at: end - start, "expected \(expected), found the end")
  }

  /// The error for a byte, at the cursor or at `place`, that cannot stand there.
  @usableFromInline
  @inline(never)
  func unexpected(expected: String, at place: UnsafePointer<UInt8>? = nil) -> JSONError {
    let place = place ?? cursor
    guard place < end else { return endOfInput(expected: expected) }
    return JSONError(.unexpectedCharacter, at: place - start, "expected \(expected), found \(character(at: place))")
  }

  /// The error for a value at the cursor that is not of the kind asked for, or is no value at all.
  @usableFromInline
  @inline(never)
  func mismatch(expected: JSONKind) -> JSONError {
    guard cursor < end else { return endOfInput(expected: expected.description) }
    guard let found = JSONKind(firstByte: cursor.pointee) else { return unexpected(expected: expected.description) }
    return JSONError(.typeMismatch, at: offset, "expected \(expected), found \(found)")
  }

  @usableFromInline
  @inline(never)
  func tooDeep() -> JSONError {
    JSONError(.tooDeep, at: offset, "nested deeper than \(maximumDepth) levels")
  }

  /// The byte at `place` as a person would name it.
  func character(at place: UnsafePointer<UInt8>) -> String {
    let byte = place.pointee
    if byte > 0x20, byte < 0x7F { return "'\(Character(UnicodeScalar(byte)))'" }
    let hexadecimal = String(byte, radix: 16, uppercase: true)
    return "byte 0x\(hexadecimal.count == 1 ? "0" : "")\(hexadecimal)"
  }
}
