extension JSONReader {
  /// Reads a whole number. `2.0` and `1e3` are whole numbers too, as JSON Schema has it; a fraction, or what does not
  /// fit, is out of range.
  public mutating func readInt64() throws(JSONError) -> Int64 {
    skipWhiteSpace()
    var place = cursor
    guard place < end else { throw mismatch(expected: .number) }
    let isNegative = place.pointee == UInt8(ascii: "-")
    if isNegative { place += 1 }
    var magnitude: UInt64 = 0
    let digits = place
    while place < end, isDigit(place.pointee), place - digits < 19 {
      magnitude = magnitude &* 10 &+ UInt64(place.pointee &- 0x30)
      place += 1
    }
    let count = place - digits
    // Nineteen digits fit in 64 bits without sign; everything unusual is sorted out by the slow path.
    let isPlain =
      count > 0 && !(count > 1 && digits.pointee == UInt8(ascii: "0")) && magnitude <= UInt64(Int64.max)
      && !(place < end && continuesNumber(place.pointee))
    guard isPlain else { return try readUnusualInt64() }
    cursor = place
    return isNegative ? -Int64(magnitude) : Int64(magnitude)
  }

  /// Reads a whole number; see ``readInt64()``.
  @inlinable
  public mutating func readInt() throws(JSONError) -> Int { Int(try readInt64()) }

  /// Reads a number. One too large for a `Double` is out of range; one too precise is rounded to the nearest.
  public mutating func readDouble() throws(JSONError) -> Double {
    skipWhiteSpace()
    let number = try scanNumber()
    guard let value = doubleValue(number) else {
      throw JSONError(.outOfRange, at: number.utf8.baseAddress.map { $0 - start } ?? offset, "the number is too large")
    }
    return value
  }

  /// Reads the spelling of a number, checked, exactly as it came.
  public mutating func readNumberSpelling() throws(JSONError) -> String {
    skipWhiteSpace()
    return String(decoding: try scanNumber().utf8, as: UTF8.self)
  }

  /// A number's bytes, checked, and what they say.
  struct RawNumber {
    var utf8: UnsafeBufferPointer<UInt8>
    var isNegative: Bool
    /// Neither a fraction nor an exponent.
    var isInteger: Bool
  }

  /// Passes the number at the cursor.
  mutating func scanNumber() throws(JSONError) -> RawNumber {
    var place = cursor
    guard place < end, place.pointee == UInt8(ascii: "-") || isDigit(place.pointee) else {
      throw mismatch(expected: .number)
    }
    let isNegative = place.pointee == UInt8(ascii: "-")
    if isNegative { place += 1 }
    guard place < end, isDigit(place.pointee) else { throw invalidNumber(place, "a digit") }
    if place.pointee == UInt8(ascii: "0") {
      place += 1
      if place < end, isDigit(place.pointee) {
        throw JSONError(.invalidNumber, at: place - start, "a number must not begin with a zero")
      }
    } else {
      while place < end, isDigit(place.pointee) { place += 1 }
    }
    var isInteger = true
    if place < end, place.pointee == UInt8(ascii: ".") {
      isInteger = false
      place += 1
      guard place < end, isDigit(place.pointee) else { throw invalidNumber(place, "a digit after the point") }
      while place < end, isDigit(place.pointee) { place += 1 }
    }
    if place < end, place.pointee | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      place += 1
      if place < end, place.pointee == UInt8(ascii: "+") || place.pointee == UInt8(ascii: "-") { place += 1 }
      guard place < end, isDigit(place.pointee) else { throw invalidNumber(place, "a digit in the exponent") }
      while place < end, isDigit(place.pointee) { place += 1 }
    }
    let utf8 = UnsafeBufferPointer(start: cursor, count: place - cursor)
    cursor = place
    return RawNumber(utf8: utf8, isNegative: isNegative, isInteger: isInteger)
  }

  @inline(never)
  private mutating func readUnusualInt64() throws(JSONError) -> Int64 {
    let begin = offset
    let number = try scanNumber()
    if number.isInteger, let value = int64Value(number) { return value }
    if !number.isInteger, let double = doubleValue(number), let value = Int64(exactly: double),
      value.magnitude <= 1 << 53
    {
      return value
    }
    throw JSONError(
      .outOfRange, at: begin, number.isInteger ? "the number does not fit in 64 bits" : "expected a whole number")
  }

  private func invalidNumber(_ place: UnsafePointer<UInt8>, _ expected: String) -> JSONError {
    guard place < end else { return endOfInput(expected: expected) }
    return JSONError(.invalidNumber, at: place - start, "expected \(expected), found \(character(at: place))")
  }
}

@inline(__always)
private func continuesNumber(_ byte: UInt8) -> Bool {
  isDigit(byte) || byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
}

/// The value of a number without fraction or exponent, or nil when 64 bits do not hold it.
func int64Value(_ number: JSONReader.RawNumber) -> Int64? {
  var value: Int64 = 0
  for digit in number.utf8 where digit != UInt8(ascii: "-") {
    let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
    let step = Int64(digit &- 0x30)
    let (sum, overflowedToo) =
      number.isNegative ? product.subtractingReportingOverflow(step) : product.addingReportingOverflow(step)
    if overflowed || overflowedToo { return nil }
    value = sum
  }
  return value
}

/// The nearest `Double`, or nil when the number is larger than any.
func doubleValue(_ number: JSONReader.RawNumber) -> Double? {
  var mantissa: UInt64 = 0
  var exponent = 0
  var digits = 0
  var index = number.isNegative ? 1 : 0
  var isFraction = false
  let utf8 = number.utf8
  while index < utf8.count, utf8[index] | 0x20 != UInt8(ascii: "e") {
    if utf8[index] == UInt8(ascii: ".") {
      isFraction = true
    } else {
      mantissa = mantissa &* 10 &+ UInt64(utf8[index] &- 0x30)
      if mantissa != 0 { digits += 1 }
      if isFraction { exponent -= 1 }
    }
    index += 1
  }
  // With at most fifteen digits and a small power of ten both are exact doubles, so one operation rounds rightly.
  if index == utf8.count, digits <= 15, exponent >= -22 {
    let value = Double(mantissa) / powersOfTen[-exponent]
    return number.isNegative ? -value : value
  }
  guard let value = Double(String(decoding: utf8, as: UTF8.self)), value.isFinite else { return nil }
  return value
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]
