/// A UUID of version 7: 48 bits of milliseconds since 1970, then random bits that grow within the process.
public struct UUIDv7: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The milliseconds, the version, and twelve random bits.
  public let high: UInt64
  /// The variant and 62 random bits.
  public let low: UInt64

  init(milliseconds: UInt64, randomHigh: UInt64, randomLow: UInt64) {
    high = milliseconds << 16 | 0x7000 | randomHigh & 0x0FFF
    low = 0x8000_0000_0000_0000 | randomLow & 0x3FFF_FFFF_FFFF_FFFF
  }

  public static func < (left: UUIDv7, right: UUIDv7) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  public var description: String { text(prefix: "") }

  /// The usual 36 characters in lower case, after `prefix`.
  func text(prefix: String) -> String {
    String(unsafeUninitializedCapacity: 36 + prefix.utf8.count) { buffer in
      var count = 0
      for byte in prefix.utf8 {
        buffer[count] = byte
        count += 1
      }
      for nibble in 0..<32 {
        if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
          buffer[count] = UInt8(ascii: "-")
          count += 1
        }
        let word = nibble < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - nibble % 16 * 4)) & 15
        buffer[count] = value < 10 ? 0x30 &+ value : 0x57 &+ value
        count += 1
      }
      return count
    }
  }
}
