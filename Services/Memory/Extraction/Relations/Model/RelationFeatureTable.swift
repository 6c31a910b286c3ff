/// The features that a relation model knows: which row each of them has, in an open-addressing table of fingerprints.
///
/// Most of its slots are taken, so that a search looks at several: the fingerprints are kept side by side, and eight of
/// them are compared at once.
struct RelationFeatureTable: @unchecked Sendable {
  // Sendable: it has only constants, and nobody writes to the bytes that the pointer names, which outlive the value.
  private typealias Marks = SIMD8<UInt16>

  /// Of each slot: 0 where it is empty, else its row and one more in the upper half, its fingerprint in the lower half.
  private let slots: UnsafeRawBufferPointer
  private let mask: Int
  private let rows: UInt32
  /// Of each slot: its fingerprint, or 1 where that is 0, and 0 where it is empty. The first ones again after the last.
  private let marks: [UInt16]

  /// - Parameters:
  ///   - slots: Little-endian; a power of two of them, or none. They must outlive the value.
  ///   - rows: How many rows there are.
  init(_ slots: UnsafeRawBufferPointer, rows: Int) {
    self.slots = slots
    self.rows = UInt32(rows)
    let count = slots.count / 4
    mask = max(0, count - 1)
    var marks = [UInt16](repeating: 0, count: count + Marks.scalarCount)
    if count > 0 {
      for place in marks.indices {
        let entry = Self.entry(slots, place & (count - 1))
        if entry != 0 { marks[place] = max(1, UInt16(truncatingIfNeeded: entry)) }
      }
    }
    self.marks = marks
  }

  private static func entry(_ slots: UnsafeRawBufferPointer, _ slot: Int) -> UInt32 {
    UInt32(littleEndian: slots.loadUnaligned(fromByteOffset: 4 &* slot, as: UInt32.self))
  }

  /// Notes the features that have a row, each in the upper half and its row in the lower half; how many.
  ///
  /// - Parameter found: Room for as many as there are keys.
  func look(up keys: [UInt32], into found: UnsafeMutableBufferPointer<UInt64>) -> Int {
    marks.withUnsafeBytes { marks in
      var count = 0
      for key in keys {
        let entry = entry(of: key, marks)
        // Half of them have none, and which half is not foreseen: written all, kept those that have one.
        found[count] = UInt64(key) << 32 | UInt64((entry >> 16) &- 1)
        count &+= entry != 0 && entry >> 16 &- 1 < rows ? 1 : 0
      }
      return count
    }
  }

  /// The first slot from the key's own on that has its fingerprint; 0 when an empty one comes before.
  @inline(__always)
  private func entry(of key: UInt32, _ marks: UnsafeRawBufferPointer) -> UInt32 {
    let fingerprint = UInt16(truncatingIfNeeded: key >> 16)
    let wanted = Marks(repeating: max(1, fingerprint))
    let empty = Marks(repeating: 0)
    var slot = Int(key) & mask
    var looked = 0
    while looked <= mask {
      let near = marks.loadUnaligned(fromByteOffset: 2 &* slot, as: Marks.self)
      // Two bytes of ones for each slot that ends the search. Every pattern of bits is a value of either type.
      let hits = unsafeBitCast((near .== wanted) .| (near .== empty), to: SIMD2<UInt64>.self)
      guard hits[0] | hits[1] != 0 else {
        looked &+= Marks.scalarCount
        slot = (slot &+ Marks.scalarCount) & mask
        continue
      }
      let step = (hits[0] != 0 ? hits[0].trailingZeroBitCount : 64 &+ hits[1].trailingZeroBitCount) >> 4
      let entry = Self.entry(slots, (slot &+ step) & mask)
      // The mark of 0 is also that of 1.
      if entry == 0 || UInt16(truncatingIfNeeded: entry) == fingerprint { return entry }
      looked &+= step &+ 1
      slot = (slot &+ step &+ 1) & mask
    }
    return 0
  }
}
