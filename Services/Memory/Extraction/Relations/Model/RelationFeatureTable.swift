import CNetworkLayers

/// The features that a relation model knows: which row each of them has, in an open-addressing table of fingerprints.
///
/// Most of its slots are taken, so that a search looks at several: the fingerprints are kept side by side, and some of
/// them are compared at once.
///
/// Unchecked: it has only constants, and nobody writes to the bytes that the pointer names, which outlive the value.
struct RelationFeatureTable: @unchecked Sendable {
  private let slots: UnsafePointer<UInt8>?
  private let mask: Int
  private let rows: UInt32
  /// Of each slot: its fingerprint, or 1 where that is 0, and 0 where it is empty. The first ones again after the last.
  private let marks: [UInt16]

  /// - Parameters:
  ///   - slots: As in the model's file: a power of two of them, or none. They must outlive the value.
  ///   - rows: How many rows there are.
  init(_ slots: UnsafeRawBufferPointer, rows: Int) {
    self.slots = slots.isEmpty ? nil : slots.baseAddress?.assumingMemoryBound(to: UInt8.self)
    self.rows = UInt32(rows)
    let count = slots.count / 4
    mask = count - 1
    marks = (0..<(count > 0 ? count + roost_relation_marks : 0)).map { place in
      let entry = slots.loadUnaligned(fromByteOffset: 4 * (place & (count - 1)), as: UInt32.self)
      return entry == 0 ? 0 : max(1, UInt16(truncatingIfNeeded: entry))
    }
  }

  /// Puts the features that have a row first among the entries, each in the upper half with its row in the lower half:
  /// in ascending order, so that nothing depends on how they were found, and each once.
  ///
  /// - Returns: How many they are.
  func find(_ keys: UnsafeBufferPointer<UInt32>, in entries: inout [UInt64]) -> Int {
    guard let slots else { return 0 }
    if entries.count < 2 * keys.count { entries = Array(repeating: 0, count: 2 * keys.count) }
    return roost_relation_find(keys.baseAddress, keys.count, slots, marks, mask, rows, &entries)
  }
}
