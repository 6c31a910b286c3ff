/// A table addressed by hashes that are mixed already: what is not in it is told by one look at one slot, mostly.
///
/// It grows to keep half of its slots free.
struct HashedTable<Value: Sendable>: Sendable {
  private(set) var count = 0
  /// 0 for an empty slot; a power of two of them.
  private var keys: [UInt64]
  private var values: [Value?]

  init(capacity: Int) {
    var slots = 8
    while slots < capacity * 2 { slots *= 2 }
    keys = Array(repeating: 0, count: slots)
    values = Array(repeating: nil, count: slots)
  }

  subscript(_ hash: UInt64) -> Value? {
    @inline(__always) get {
      let slot = slot(of: hash)
      return keys[slot] == 0 ? nil : values[slot]
    }
    set {
      guard let newValue else { return }
      var slot = slot(of: hash)
      if keys[slot] == 0 {
        if count * 2 >= keys.count {
          grow()
          slot = self.slot(of: hash)
        }
        keys[slot] = max(1, hash)
        count += 1
      }
      values[slot] = newValue
    }
  }

  /// Where the hash is, or would go.
  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    let key = max(1, hash)
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key ^ key >> 32) & mask
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = self
    self = HashedTable(capacity: keys.count)
    for (key, value) in zip(old.keys, old.values) where key != 0 { self[key] = value }
  }
}
