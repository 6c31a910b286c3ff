import CNameLists

/// The compiled name lists: a hash table that is looked up where it lies, in the program's read-only data.
///
/// It has marks of the names' hashes in place of the names: a word that is in no list is taken for one that is about once
/// in a hundred million times. Opening it costs nothing and only the pages that look-ups touch become resident. A file
/// that is not one, or is cut short, reads as empty. Little-endian, as ``NameListWriter`` writes it:
///
///     0   "RNL2"
///     4   UInt32   number of slots, a power of two
///     8   UInt32   per slot: a mark of the name's hash (29 bits), and the most words of a name that begins with this one
///                  (3 bits), 0 for an empty slot; open addressing, linear probing
///     …   UInt16   per slot: kinds
package struct NameLists: @unchecked Sendable {
  // Sendable: the bytes are read-only and outlive the value.
  package struct Entry {
    package var kinds: NameKind
    /// The most words of a listed name that begins with this one.
    package var words: Int
  }

  static let magic: [UInt8] = Array("RNL2".utf8)
  private static let headerSize = 8
  private static let slotSize = 6

  private let bytes: UnsafeRawBufferPointer
  private let slots: Int

  /// The lists that are part of this program.
  package static var embedded: NameLists {
    NameLists(UnsafeRawBufferPointer(start: roost_name_lists(), count: roost_name_lists_size()))
  }

  /// - Parameter bytes: A compiled file, which must outlive the value.
  package init(_ bytes: UnsafeRawBufferPointer) {
    var slots = 0
    if bytes.count >= Self.headerSize, bytes.prefix(4).elementsEqual(Self.magic) {
      slots = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
      if slots & (slots - 1) != 0 || bytes.count != Self.headerSize + Self.slotSize * slots { slots = 0 }
    }
    self.bytes = bytes
    self.slots = slots
  }

  /// What stands for a hash in the table, above the number of words.
  static func mark(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) & ~7 }

  /// - Parameter hash: The ``KeyHash`` of the folded words of a name, with one space between them.
  func entry(of hash: UInt64) -> Entry? {
    guard slots > 0 else { return nil }
    let mark = Self.mark(hash)
    var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
    for _ in 0..<slots {
      let found = UInt32(
        littleEndian: bytes.loadUnaligned(fromByteOffset: Self.headerSize + 4 * slot, as: UInt32.self))
      if found & ~7 == mark, found != 0 {
        let kinds = UInt16(
          littleEndian: bytes.loadUnaligned(
            fromByteOffset: Self.headerSize + 4 * slots + 2 * slot, as: UInt16.self))
        return Entry(kinds: NameKind(rawValue: kinds), words: Int(found & 7))
      }
      if found == 0 { return nil }
      slot = (slot + 1) & (slots - 1)
    }
    return nil
  }

  /// The entry of a name as people write it, or nil when the lists do not have it.
  package func entry(of name: String) -> Entry? { entry(of: KeyHash.of(NameListWriter.key(of: name))) }
}
