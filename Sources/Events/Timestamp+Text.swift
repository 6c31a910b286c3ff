extension Timestamp: CustomStringConvertible {
  /// Reads an RFC 3339 time: any offset, any number of fraction digits or none. Digits beyond the microsecond are cut
  /// off; a leap second counts as the first second of the next minute. A time without an offset is refused, as nobody
  /// can know when it was.
  public init(parsing text: some StringProtocol) throws(TimestampError) {
    let bytes = Array(text.utf8)
    let time = bytes.withUnsafeBufferPointer { Self.parse($0) }
    guard let time else { throw TimestampError(text: String(text.prefix(64))) }
    self = time
  }

  /// Reads an RFC 3339 time from bytes that need not be kept; see ``init(parsing:)``.
  public init(utf8: UnsafeBufferPointer<UInt8>) throws(TimestampError) {
    guard let time = Self.parse(utf8) else {
      throw TimestampError(text: String(decoding: utf8.prefix(64), as: UTF8.self))
    }
    self = time
  }

  /// RFC 3339 in UTC, always with six digits: `2026-11-24T04:33:49.123456Z`.
  public var description: String {
    String(unsafeUninitializedCapacity: 40) { Self.format(self, into: $0) }
  }

  private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    /// The decimal number in `count` bytes from `index`, or a negative one when they are not all digits.
    func number(_ index: Int, _ count: Int) -> Int64 {
      var value: Int64 = 0
      for place in index..<index + count {
        let digit = text[place] &- 0x30
        guard digit < 10 else { return -1 }
        value = value * 10 + Int64(digit)
      }
      return value
    }
    guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] | 0x20 == UInt8(ascii: "t") || text[10] == UInt8(ascii: " "), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":")
    else { return nil }
    let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
    let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
    guard year >= 0, 1...12 ~= month, 1...daysInMonth(year, month) ~= day, 0...23 ~= hour, 0...59 ~= minute,
      0...60 ~= second
    else { return nil }

    var index = 19
    var fraction: Int64 = 0
    if text[index] == UInt8(ascii: ".") {
      index += 1
      let begin = index
      while index < text.count, text[index] &- 0x30 < 10 {
        if index - begin < 6 { fraction = fraction * 10 + Int64(text[index] &- 0x30) }
        index += 1
      }
      guard index > begin else { return nil }
      for _ in min(index - begin, 6)..<6 { fraction *= 10 }
    }

    var offsetMinutes: Int64 = 0
    switch text.count - index {
    case 1:
      guard text[index] | 0x20 == UInt8(ascii: "z") else { return nil }
    case 6:
      let isWest = text[index] == UInt8(ascii: "-")
      guard isWest || text[index] == UInt8(ascii: "+"), text[index + 3] == UInt8(ascii: ":") else { return nil }
      let (hours, minutes) = (number(index + 1, 2), number(index + 4, 2))
      guard 0...23 ~= hours, 0...59 ~= minutes else { return nil }
      offsetMinutes = (hours * 60 + minutes) * (isWest ? -1 : 1)
    default: return nil
    }
    let seconds =
      daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60
    return Timestamp(microsecondsSinceEpoch: seconds * 1_000_000 + fraction)
  }

  /// Lends `description` as ASCII, without a string.
  package func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
      let count = Self.format(self, into: buffer)
      return body(UnsafeBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private static func format(_ time: Timestamp, into text: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard var place = text.baseAddress else { return 0 }
    let (seconds, fraction) = flooredDivision(time.microsecondsSinceEpoch, by: 1_000_000)
    let (days, secondOfDay) = flooredDivision(seconds, by: 86_400)
    let (year, month, day) = civilDate(days)
    if year < 0 { put(UInt8(ascii: "-"), at: &place) }
    put(UInt32(abs(year)), digits: abs(year) > 9999 ? 6 : 4, at: &place)
    put(UInt8(ascii: "-"), at: &place)
    put(UInt32(month), digits: 2, at: &place)
    put(UInt8(ascii: "-"), at: &place)
    put(UInt32(day), digits: 2, at: &place)
    put(UInt8(ascii: "T"), at: &place)
    let second = UInt32(secondOfDay)
    put(second / 3600, digits: 2, at: &place)
    put(UInt8(ascii: ":"), at: &place)
    put(second / 60 % 60, digits: 2, at: &place)
    put(UInt8(ascii: ":"), at: &place)
    put(second % 60, digits: 2, at: &place)
    put(UInt8(ascii: "."), at: &place)
    put(UInt32(fraction), digits: 6, at: &place)
    put(UInt8(ascii: "Z"), at: &place)
    return text.baseAddress.map { place - $0 } ?? 0
  }

  @inline(__always)
  private static func put(_ byte: UInt8, at place: inout UnsafeMutablePointer<UInt8>) {
    place.pointee = byte
    place += 1
  }

  @inline(__always)
  private static func put(_ value: UInt32, digits: Int, at place: inout UnsafeMutablePointer<UInt8>) {
    var value = value
    var index = digits
    while index > 0 {
      index -= 1
      place[index] = 0x30 &+ UInt8(truncatingIfNeeded: value % 10)
      value /= 10
    }
    place += digits
  }
}

private func flooredDivision(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

private func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

// Both count years from March, so that the leap day is a year's last, in eras of 400 years (146,097 days).

private func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
  let marchYear = month > 2 ? year : year - 1
  let (era, yearOfEra) = flooredDivision(marchYear, by: 400)
  let monthFromMarch = (month + 9) % 12
  let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

private func civilDate(_ daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
  let (era, dayOfEra) = flooredDivision(daysSinceEpoch + 719_468, by: 146_097)
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let monthFromMarch = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
  let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}
