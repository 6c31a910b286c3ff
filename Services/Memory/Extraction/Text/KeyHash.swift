/// A 64-bit FNV-1a hash of folded bytes, stable across processes: the compiled name lists are addressed by it.
struct KeyHash {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
  }

  @inline(__always)
  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(byte) }
  }

  /// The state with its high bits mixed into the low ones, which address tables.
  var value: UInt64 { (state ^ state >> 29) &* 0x9e37_79b9_7f4a_7c15 }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = KeyHash()
    hash.add(bytes)
    return hash.value
  }

  static func of(_ word: StaticString) -> UInt64 {
    of(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }
}
