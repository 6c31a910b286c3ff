/// Random numbers for ids: SplitMix64, seeded anew by the system every so often. Asking the system for each number
/// would be a system call each, which costs more than the id it is for. Not for secrets.
struct ReseedingRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64 = 0
  private var remaining = 0
  private var system = SystemRandomNumberGenerator()

  mutating func next() -> UInt64 {
    if remaining == 0 {
      state = system.next()
      remaining = 256
    }
    remaining -= 1
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
