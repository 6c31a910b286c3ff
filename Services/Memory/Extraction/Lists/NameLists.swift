import CNameLists

/// The compiled name lists: a hash table that is looked up where it lies, in the program's read-only data.
///
/// Opening it costs nothing and only the pages that look-ups touch become resident. A file that is not one, or is cut
/// short, reads as empty. Little-endian, as ``NameListWriter`` writes it:
///
///     0   "RNL1"
///     4   UInt32   number of slots, a power of two
///     8   UInt32   size of the entries in bytes
///     12  UInt32   per slot: 0, or 1 + the entry's offset; open addressing, linear probing
///     …   entries: UInt16 kinds, UInt8 most words of a name that begins with this key, UInt8 length, folded key
package struct NameLists: @unchecked Sendable {
  // Sendable: the bytes are read-only and outlive the value.
  package struct Entry {
    package var kinds: NameKind
    package var words: UInt8
  }

  static let magic: [UInt8] = Array("RNL1".utf8)
  static let headerSize = 12

  private let bytes: UnsafeRawBufferPointer
  private let slots: Int
  private let entries: Int

  /// The lists that are part of this program.
  package static var embedded: NameLists {
    NameLists(UnsafeRawBufferPointer(start: roost_name_lists(), count: roost_name_lists_size()))
  }

  /// - Parameter bytes: A compiled file, which must outlive the value.
  package init(_ bytes: UnsafeRawBufferPointer) {
    var slots = 0
    if bytes.count >= Self.headerSize, bytes.prefix(4).elementsEqual(Self.magic) {
      slots = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
      let size = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
      if slots & (slots - 1) != 0 || bytes.count != Self.headerSize + 4 * slots + size { slots = 0 }
    }
    self.bytes = bytes
    self.slots = slots
    entries = Self.headerSize + 4 * slots
  }

  /// The entry of a folded key.
  ///
  /// - Parameters:
  ///   - hash: The ``KeyHash`` of the key.
  ///   - range: Where the key stands in `folded`.
  func entry(hash: UInt64, of range: Range<Int>, in folded: [UInt8]) -> Entry? {
    guard slots > 0, range.count <= 255 else { return nil }
    var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
    for _ in 0..<slots {
      let place = Int(
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: Self.headerSize + 4 * slot, as: UInt32.self)))
      guard place > 0 else { return nil }
      let start = entries + place - 1
      guard start + 4 <= bytes.count else { return nil }
      let length = Int(bytes[start + 3])
      if length == range.count, start + 4 + length <= bytes.count, matches(start + 4, range, folded) {
        return Entry(
          kinds: NameKind(rawValue: UInt16(bytes[start]) | UInt16(bytes[start + 1]) << 8), words: bytes[start + 2])
      }
      slot = (slot + 1) & (slots - 1)
    }
    return nil
  }

  @inline(__always)
  private func matches(_ start: Int, _ range: Range<Int>, _ folded: [UInt8]) -> Bool {
    var offset = start
    for index in range {
      if bytes[offset] != folded[index] { return false }
      offset += 1
    }
    return true
  }

  /// The entry of a name as people write it, or nil when the lists do not have it.
  package func entry(of name: String) -> Entry? {
    let key = NameListWriter.key(of: name)
    return entry(hash: KeyHash.of(key), of: 0..<key.count, in: key)
  }
}
