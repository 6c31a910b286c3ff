import CEntityModel

/// What large collections of text say of single words: their class among words that are used alike, how often they
/// occur, and how often with a capital. Looked up where it lies in the program's read-only data.
///
/// A file that is not one, or is cut short, reads as empty. Little-endian:
///
///     0    "RWT1"
///     4    UInt32   number of slots, a power of two
///     8    UInt16   per slot: a mark of the word's hash, 0 for an empty slot; open addressing, linear probing
///     …    UInt32   per slot: class with a capital (10 bits), class in lower case (10), casing (4), frequency (4)
package struct WordTable: @unchecked Sendable {
  // Sendable: the bytes are read-only and outlive the value.
  struct Entry {
    var bits: UInt32
    var capitalClass: UInt64 { UInt64(bits & 1023) }
    var lowerClass: UInt64 { UInt64(bits >> 10 & 1023) }
    var casing: UInt64 { UInt64(bits >> 20 & 15) }
    var frequency: UInt64 { UInt64(bits >> 24 & 15) }
  }

  static let magic: [UInt8] = Array("RWT1".utf8)
  private static let longestSearch = 64

  private let bytes: UnsafeRawBufferPointer
  private let slots: Int

  package static let embedded = WordTable(
    UnsafeRawBufferPointer(start: roost_word_table(), count: roost_word_table_size()))

  /// - Parameter bytes: A compiled file, which must outlive the value.
  package init(_ bytes: UnsafeRawBufferPointer) {
    var slots = 0
    if bytes.count >= 8, bytes.prefix(4).elementsEqual(Self.magic) {
      slots = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
      if slots & (slots - 1) != 0 || bytes.count != 8 + 6 * slots { slots = 0 }
    }
    self.bytes = bytes
    self.slots = slots
  }

  @inline(__always)
  private static func mark(_ hash: UInt64) -> UInt16 { max(1, UInt16(truncatingIfNeeded: hash >> 48)) }

  /// - Parameter hash: The ``KeyHash`` of the word in lower case without accents.
  func entry(of hash: UInt64) -> Entry {
    guard slots > 0 else { return Entry(bits: 0) }
    let mark = Self.mark(hash)
    var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
    for _ in 0..<Self.longestSearch {
      let found = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 + 2 * slot, as: UInt16.self))
      if found == mark {
        return Entry(
          bits: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 8 + 2 * slots + 4 * slot, as: UInt32.self)))
      }
      if found == 0 { break }
      slot = (slot + 1) & (slots - 1)
    }
    return Entry(bits: 0)
  }

  /// Writes the file.
  ///
  /// - Parameter words: Each word's hash and entry, most important first: what finds no place near its own is left out.
  package static func serialized(_ words: [(hash: UInt64, bits: UInt32)], slots: Int) -> [UInt8] {
    var marks = [UInt16](repeating: 0, count: slots)
    var entries = [UInt32](repeating: 0, count: slots)
    for word in words {
      var slot = Int(truncatingIfNeeded: word.hash) & (slots - 1)
      for _ in 0..<longestSearch {
        if marks[slot] == mark(word.hash) { break }
        if marks[slot] == 0 {
          marks[slot] = mark(word.hash)
          entries[slot] = word.bits
          break
        }
        slot = (slot + 1) & (slots - 1)
      }
    }
    var file = magic
    withUnsafeBytes(of: UInt32(slots).littleEndian) { file.append(contentsOf: $0) }
    for mark in marks { withUnsafeBytes(of: mark.littleEndian) { file.append(contentsOf: $0) } }
    for entry in entries { withUnsafeBytes(of: entry.littleEndian) { file.append(contentsOf: $0) } }
    return file
  }
}
