import CEntityModel

/// What large collections of text say of single words: their class among words that are used alike, in texts of all
/// kinds and in short messages, how often they occur, and how often with a capital. Looked up where it lies in the
/// program's read-only data.
///
/// A file that is not one, or is cut short, reads as empty. Little-endian:
///
///     0    "RWT2"
///     4    UInt32   number of slots, a power of two
///     8    UInt32   number of classes in messages
///     12   UInt32   per class in messages, its path in the tree of classes, as ``messagePath(of:)`` gives it
///     …    UInt16   per slot: a mark of the word's hash, 0 for an empty slot; open addressing, linear probing
///     …    UInt32   per slot: class with a capital (10 bits), class in lower case (10), casing (4), frequency (4), the
///                   lower four bits of the class in messages
///     …    UInt8    per slot: the rest of the class in messages
package struct WordTable: @unchecked Sendable {
  // Sendable: the bytes are read-only and outlive the value.
  struct Entry {
    /// As the file has them, the last byte on top.
    var bits: UInt64
    var capitalClass: UInt64 { bits & 1023 }
    var lowerClass: UInt64 { bits >> 10 & 1023 }
    var casing: UInt64 { bits >> 20 & 15 }
    var frequency: UInt64 { bits >> 24 & 15 }
    var messageClass: UInt64 { bits >> 28 & 4095 }
  }

  static let magic: [UInt8] = Array("RWT2".utf8)
  private static let headerSize = 12
  private static let slotSize = 7
  private static let longestSearch = 64

  private let bytes: UnsafeRawBufferPointer
  private let slots: Int
  private let messageClasses: Int

  package static let embedded = WordTable(
    UnsafeRawBufferPointer(start: roost_word_table(), count: roost_word_table_size()))

  /// - Parameter bytes: A compiled file, which must outlive the value.
  package init(_ bytes: UnsafeRawBufferPointer) {
    var (slots, classes) = (0, 0)
    if bytes.count >= Self.headerSize, bytes.prefix(4).elementsEqual(Self.magic) {
      slots = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
      classes = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
      if slots & (slots - 1) != 0 || bytes.count != Self.headerSize + 4 * classes + Self.slotSize * slots {
        (slots, classes) = (0, 0)
      }
    }
    self.bytes = bytes
    self.slots = slots
    messageClasses = classes
  }

  @inline(__always)
  private static func mark(_ hash: UInt64) -> UInt16 { max(1, UInt16(truncatingIfNeeded: hash >> 48)) }

  /// - Parameter hash: The ``KeyHash`` of the word in lower case without accents.
  func entry(of hash: UInt64) -> Entry {
    guard slots > 0 else { return Entry(bits: 0) }
    let mark = Self.mark(hash)
    let marks = Self.headerSize + 4 * messageClasses
    var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
    for _ in 0..<Self.longestSearch {
      let found = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: marks + 2 * slot, as: UInt16.self))
      if found == mark {
        let low = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: marks + 2 * slots + 4 * slot, as: UInt32.self))
        return Entry(bits: UInt64(low) | UInt64(bytes[marks + 6 * slots + slot]) << 32)
      }
      if found == 0 { break }
      slot = (slot + 1) & (slots - 1)
    }
    return Entry(bits: 0)
  }

  /// Where a word's class in messages stands in the tree of classes: a bit for each turn on the way from the root, below
  /// a one. Classes whose paths begin alike are used more or less alike. 0 for a word without one.
  @inline(__always)
  func messagePath(of entry: Entry) -> UInt64 {
    let number = Int(entry.messageClass)
    guard number > 0, number <= messageClasses else { return 0 }
    return UInt64(
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: Self.headerSize + 4 * (number - 1), as: UInt32.self)))
  }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - words: Each word's hash and entry, most important first: what finds no place near its own is left out.
  ///   - messagePaths: The paths of the classes in messages, the first one's number being 1.
  package static func serialized(
    _ words: [(hash: UInt64, bits: UInt64)], messagePaths: [UInt32], slots: Int
  ) -> [UInt8] {
    var marks = [UInt16](repeating: 0, count: slots)
    var entries = [UInt64](repeating: 0, count: slots)
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
    for number in [UInt32(slots), UInt32(messagePaths.count)] + messagePaths {
      withUnsafeBytes(of: number.littleEndian) { file.append(contentsOf: $0) }
    }
    for mark in marks { withUnsafeBytes(of: mark.littleEndian) { file.append(contentsOf: $0) } }
    for entry in entries {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: entry).littleEndian) { file.append(contentsOf: $0) }
    }
    return file + entries.map { UInt8(truncatingIfNeeded: $0 >> 32) }
  }
}
