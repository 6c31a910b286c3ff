/// The first quotation mark, backslash or control character in `place..<end`, or `end`; eight bytes at a time.
///
/// `highBits` gathers the bytes passed: its bits of 0x80 tell whether any of them lies outside ASCII. It may also see
/// a few bytes behind the place returned, which costs a check that was not needed, never one that was.
@inline(__always)
func firstSpecial(
  from begin: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>, highBits: inout UInt64
) -> UnsafePointer<UInt8> {
  var place = begin
  while end - place >= 8 {
    let word = UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
    let found = specialBytes(in: word)
    highBits |= word
    if found != 0 { return place + found.trailingZeroBitCount / 8 }
    place += 8
  }
  while place < end {
    let byte = place.pointee
    if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
    highBits |= UInt64(byte)
    place += 1
  }
  return place
}

/// Copies bytes up to the first quotation mark, backslash or control character, eight at a time.
///
/// It may write up to seven bytes more than it says.
/// - Returns: How many bytes were copied.
@inline(__always)
func copyPlain(
  from begin: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<UInt8>
) -> Int {
  let length = end - begin
  var index = 0
  while length - index >= 8 {
    let word = UInt64(littleEndian: UnsafeRawPointer(begin + index).loadUnaligned(as: UInt64.self))
    UnsafeMutableRawPointer(target + index).storeBytes(of: word.littleEndian, as: UInt64.self)
    let found = specialBytes(in: word)
    if found != 0 { return index + found.trailingZeroBitCount / 8 }
    index += 8
  }
  while index < length {
    let byte = begin[index]
    if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
    target[index] = byte
    index += 1
  }
  return index
}

/// The high bit of each byte that is below 0x20, a quotation mark or a backslash. Above the lowest such byte others may
/// be marked wrongly, since a borrow runs upwards: only the lowest is to be trusted.
@inline(__always)
func specialBytes(in word: UInt64) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let quote = word ^ (ones &* 0x22)
  let backslash = word ^ (ones &* 0x5C)
  return ((word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & (ones &* 0x80)
}

/// The first byte in `place..<end` that begins no UTF-8 sequence of the Unicode standard's table 3-7, or nil.
func firstInvalidUTF8(_ begin: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
  var place = begin
  while place < end {
    if end - place >= 8 {
      let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
      if word & 0x8080_8080_8080_8080 == 0 {
        place += 8
        continue
      }
    }
    let lead = place.pointee
    if lead < 0x80 {
      place += 1
      continue
    }
    let length: Int
    var secondRange: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, secondRange) = (3, 0xA0...0xBF)
    case 0xED: (length, secondRange) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, secondRange) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, secondRange) = (4, 0x80...0x8F)
    default: return place
    }
    guard end - place >= length, secondRange.contains(place[1]) else { return place }
    if length > 2, place[2] & 0xC0 != 0x80 { return place }
    if length > 3, place[3] & 0xC0 != 0x80 { return place }
    place += length
  }
  return nil
}

@inline(__always)
func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte &- 0x30)
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte &- 0x57)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte &- 0x37)
  default: nil
  }
}

/// The text of a string body that ``JSONReader`` has checked, its escapes resolved.
@inline(never)
func unescapedString(_ raw: UnsafeBufferPointer<UInt8>) -> String {
  var bytes: [UInt8] = []
  // No escape is shorter than what it stands for.
  bytes.reserveCapacity(raw.count)
  var index = 0
  while index < raw.count {
    let byte = raw[index]
    guard byte == UInt8(ascii: "\\"), index + 1 < raw.count else {
      bytes.append(byte)
      index += 1
      continue
    }
    index += 2
    switch raw[index - 1] {
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"):
      var unit = codeUnit(raw, at: index)
      index += 4
      if unit & 0xFC00 == 0xD800, index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"),
        raw[index + 1] == UInt8(ascii: "u")
      {
        let low = codeUnit(raw, at: index + 2)
        if low & 0xFC00 == 0xDC00 {
          unit = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
          index += 6
        }
      }
      let scalar = UnicodeScalar(unit) ?? "\u{FFFD}"
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: bytes.append(raw[index - 1])
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The four hexadecimal digits at `index`.
private func codeUnit(_ raw: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
  var unit: UInt32 = 0
  for place in index..<min(index + 4, raw.count) { unit = unit << 4 | (hexadecimalDigit(raw[place]) ?? 0) }
  return unit
}
