/// The binary form of a NUMERIC: digits to the base of 10,000, the first of them weighted.
struct PostgreSQLNumeric {
  private let digits: [Int16]
  private let weight: Int
  private let sign: UInt16
  private let scale: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    let words = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    guard words.count >= 4 else {
      (digits, weight, sign, scale) = ([], 0, Self.notANumber, 0)
      return
    }
    digits = words[4...].map { Int16(bitPattern: $0) }
    weight = Int(Int16(bitPattern: words[1]))
    sign = words[2]
    scale = Int(words[3])
  }

  private static let negative: UInt16 = 0x4000
  private static let notANumber: UInt16 = 0xC000
  private static let infinity: UInt16 = 0xD000
  private static let negativeInfinity: UInt16 = 0xF000

  /// `nil` for a fraction, even one of zeros, and for what does not fit.
  var int64: Int64? {
    guard scale == 0, sign == 0 || sign == Self.negative else { return nil }
    guard !digits.isEmpty else { return 0 }
    guard weight >= 0, weight < 5 else { return nil }
    var value: Int64 = 0
    for place in 0...weight {
      let digit = place < digits.count ? Int64(digits[place]) : 0
      let (shifted, overflowed) = value.multipliedReportingOverflow(by: 10_000)
      let (sum, overflowedToo) = shifted.subtractingReportingOverflow(digit)
      guard !overflowed, !overflowedToo else { return nil }
      value = sum
    }
    // Summed up negative, so that the smallest integer fits too.
    if sign == Self.negative { return value }
    return value == .min ? nil : -value
  }

  var double: Double {
    switch sign {
    case Self.notANumber: return .nan
    case Self.infinity: return .infinity
    case Self.negativeInfinity: return -.infinity
    default: break
    }
    var text = sign == Self.negative ? "-0" : "0"
    for digit in digits {
      let printed = String(digit)
      text += String(repeating: "0", count: 4 - printed.count) + printed
    }
    return Double("\(text)e\((weight - digits.count + 1) * 4)") ?? .nan
  }
}
