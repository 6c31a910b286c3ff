/// Checks of the string formats that are enforced.
enum StringFormat {
  static func matches(_ text: String, _ format: Schema.Format) -> Bool {
    let bytes = Array(text.utf8)
    switch format {
    case .dateTime: return isDateTime(bytes)
    case .date: return isDate(bytes[...])
    case .uuid: return isUUID(bytes)
    case .withoutNul, .uri: return !bytes.contains(0)
    case .email, .byte, .duration: return true
    }
  }

  /// RFC 3339: a date, a `T`, a time of day, perhaps a fraction, and `Z` or an offset.
  private static func isDateTime(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 20, isDate(bytes[..<10]), bytes[10] | 0x20 == 0x74, bytes[13] == 0x3A, bytes[16] == 0x3A,
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      hour < 24, minute < 60, second <= 60
    else { return false }
    var rest = bytes[19...]
    if rest.first == 0x2E {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return false }
      rest = rest[digits.endIndex...]
    }
    guard let sign = rest.first else { return false }
    if sign | 0x20 == 0x7A { return rest.count == 1 }
    let offset = Array(rest.dropFirst())
    guard sign == 0x2B || sign == 0x2D, offset.count == 5, offset[2] == 0x3A, let hours = number(offset[0..<2]),
      let minutes = number(offset[3..<5])
    else { return false }
    return hours < 24 && minutes < 60
  }

  private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(bytes)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D, let year = number(bytes[0..<4]),
      let month = number(bytes[5..<7]), let day = number(bytes[8..<10]), (1...12).contains(month), day >= 1
    else { return false }
    let isLeap = (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1]
  }

  private static func isUUID(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 36 else { return false }
    return bytes.enumerated().allSatisfy { index, byte in
      switch index {
      case 8, 13, 18, 23: byte == 0x2D
      default: (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
      }
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }
}
