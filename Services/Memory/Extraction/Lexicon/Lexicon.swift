/// The words that the rules know, by ``KeyHash``: an immutable open-addressing table, built once for the process.
struct Lexicon: Sendable {
  private var hashes: [UInt64]
  private var masks: [WordClass]

  static let english = Lexicon(english: ())

  init(_ groups: [(WordClass, StaticString)]) {
    hashes = Array(repeating: 0, count: 4096)
    masks = Array(repeating: [], count: 4096)
    for (mask, words) in groups {
      var hash = KeyHash()
      var length = 0
      for index in 0...words.utf8CodeUnitCount {
        let byte = index < words.utf8CodeUnitCount ? words.utf8Start[index] : UInt8(ascii: " ")
        if byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\n") {
          hash.add(byte)
          length += 1
        } else if length > 0 {
          add(hash.value, mask)
          hash = KeyHash()
          length = 0
        }
      }
    }
  }

  private mutating func add(_ hash: UInt64, _ mask: WordClass) {
    let slot = slot(of: hash)
    hashes[slot] = hash
    masks[slot].formUnion(mask)
  }

  /// The slot of a hash, or the empty one that ends its search: the table is never more than half full.
  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & 4095
    while hashes[slot] != hash && hashes[slot] != 0 { slot = (slot + 1) & 4095 }
    return slot
  }

  @inline(__always)
  func classes(of hash: UInt64) -> WordClass {
    masks[slot(of: hash)]
  }
}
