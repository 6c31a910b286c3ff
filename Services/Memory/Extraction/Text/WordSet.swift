/// Some words by their ``KeyHash``: what is not among them is told by one look at one slot, mostly.
///
/// For words that are part of the program: of words that a text brings, someone could choose many that fall on one slot.
struct WordSet: Sendable {
  /// 0 for an empty slot; a power of two of them, at least half of them empty.
  private var slots: [UInt64]

  /// - Parameter words: With spaces or line breaks between them.
  init(_ words: String) {
    self.init(hashes: words.split { $0 == " " || $0 == "\n" }.map { KeyHash.of($0.utf8) })
  }

  init(hashes: some Collection<UInt64>) {
    var count = 4
    while count < hashes.count * 2 { count *= 2 }
    slots = Array(repeating: 0, count: count)
    for hash in hashes where !contains(hash) {
      var slot = Int(truncatingIfNeeded: hash) & (count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
      slots[slot] = hash
    }
  }

  var isEmpty: Bool { slots.allSatisfy { $0 == 0 } }

  /// The hashes of the words, in no order.
  var hashes: [UInt64] { slots.filter { $0 != 0 } }

  /// Whether the word with this hash is among them; no word has the hash 0.
  @inline(__always)
  func contains(_ hash: UInt64) -> Bool {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if slots[slot] == hash { return true }
      slot = (slot + 1) & mask
    }
    return false
  }
}
