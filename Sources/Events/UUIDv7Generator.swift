/// Makes UUIDs each greater than the one before, whatever the clock does.
///
/// Time and randomness come in as values. Within a millisecond, and while the clock stands behind the last id, the
/// random part goes up by a random step; should it run over, the id borrows the next millisecond.
public struct UUIDv7Generator: Sendable {
  private var milliseconds: UInt64 = 0
  private var randomHigh: UInt64 = 0
  private var randomLow: UInt64 = 0

  public init() {}

  public mutating func next(at time: Timestamp, using random: inout some RandomNumberGenerator) -> UUIDv7 {
    let now = UInt64(max(0, time.microsecondsSinceEpoch / 1000)) & 0xFFFF_FFFF_FFFF
    if now > milliseconds {
      milliseconds = now
      // The top bit begins at 0: room for the steps of one millisecond.
      randomHigh = random.next() & 0x07FF
      randomLow = random.next() & 0x3FFF_FFFF_FFFF_FFFF
    } else {
      randomLow += 1 + random.next() & 0xFFFF_FFFF
      if randomLow > 0x3FFF_FFFF_FFFF_FFFF {
        randomLow &= 0x3FFF_FFFF_FFFF_FFFF
        randomHigh += 1
      }
      if randomHigh > 0x0FFF {
        milliseconds += 1
        randomHigh = 0
      }
    }
    return UUIDv7(milliseconds: milliseconds, randomHigh: randomHigh, randomLow: randomLow)
  }
}
