import CEntityModel

/// Where words stand to each other in large collections of text: a vector for each frequent word, as codes of four bits,
/// each for two of its numbers. Looked up where it lies in the program's read-only data.
///
/// What a code stands for is learned from by the model and part of its file; the pairs of numbers are here for the
/// training alone. A file that is not one, or is cut short, reads as empty. Little-endian:
///
///     0     "RWV1"
///     4     UInt32   number of slots, a power of two
///     8     Float    25 × 16 × 2 numbers: what each code stands for
///     …     UInt16   per slot: a mark of the word's hash, 0 for an empty slot; open addressing, linear probing
///     …     UInt8    per slot: 13 bytes of two codes, the lower four bits first; the last four bits are unused
package struct WordVectors: @unchecked Sendable {
  // Sendable: it has only constants, and nobody writes to the bytes that the pointer names, which outlive the value
  // (see `init`).
  package static let pairs = 25
  package static let codes = 16
  static let magic: [UInt8] = Array("RWV1".utf8)
  static let codeBytes = 13
  private static let longestSearch = 64
  private static let headerSize = 8 + 4 * 2 * pairs * codes

  private let bytes: UnsafeRawBufferPointer
  private let slots: Int

  package static let embedded = WordVectors(
    UnsafeRawBufferPointer(start: roost_word_vectors(), count: roost_word_vectors_size()))

  /// - Parameter bytes: A compiled file, which must outlive the value.
  package init(_ bytes: UnsafeRawBufferPointer) {
    var slots = 0
    if bytes.count >= Self.headerSize, bytes.prefix(4).elementsEqual(Self.magic) {
      slots = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
      if slots & (slots - 1) != 0 || bytes.count != Self.headerSize + (2 + Self.codeBytes) * slots { slots = 0 }
    }
    self.bytes = bytes
    self.slots = slots
  }

  /// - Parameter hash: The ``KeyHash`` of the word in lower case without accents.
  /// - Returns: The word's slot, or nil for a word without a vector.
  func slot(of hash: UInt64) -> Int32? {
    guard slots > 0 else { return nil }
    let mark = Self.mark(hash)
    var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
    for _ in 0..<Self.longestSearch {
      let found = UInt16(
        littleEndian: bytes.loadUnaligned(fromByteOffset: Self.headerSize + 2 * slot, as: UInt16.self))
      if found == mark { return Int32(slot) }
      if found == 0 { return nil }
      slot = (slot + 1) & (slots - 1)
    }
    return nil
  }

  /// Gives the codes of a word, pair by pair.
  ///
  /// - Parameter slot: As ``slot(of:)`` gave it.
  @inline(__always)
  package func codes(_ slot: Int32, _ give: (_ pair: Int, _ code: Int) -> Void) {
    let start = Self.headerSize + 2 * slots + Self.codeBytes * Int(slot)
    for pair in 0..<Self.pairs { give(pair, Int(bytes[start + pair >> 1] >> (UInt8(pair & 1) * 4) & 15)) }
  }

  /// The two numbers that a code stands for.
  package func numbers(pair: Int, code: Int) -> SIMD2<Float> {
    guard slots > 0 else { return .zero }
    let start = 8 + 8 * (pair * Self.codes + code)
    return SIMD2(
      Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self))),
      Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self))))
  }

  @inline(__always)
  private static func mark(_ hash: UInt64) -> UInt16 { max(1, UInt16(truncatingIfNeeded: hash >> 48)) }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - words: Each word's hash and its 25 codes, most important first: what finds no place near its own is left out.
  ///   - numbers: What each code of each pair stands for.
  package static func serialized(
    _ words: [(hash: UInt64, codes: [UInt8])], numbers: [SIMD2<Float>], slots: Int
  ) -> [UInt8] {
    var marks = [UInt16](repeating: 0, count: slots)
    var entries = [UInt8](repeating: 0, count: slots * codeBytes)
    for word in words {
      var slot = Int(truncatingIfNeeded: word.hash) & (slots - 1)
      for _ in 0..<longestSearch {
        if marks[slot] == mark(word.hash) { break }
        if marks[slot] == 0 {
          marks[slot] = mark(word.hash)
          for (pair, code) in word.codes.enumerated() {
            entries[slot * codeBytes + pair >> 1] |= (code & 15) << (UInt8(pair & 1) * 4)
          }
          break
        }
        slot = (slot + 1) & (slots - 1)
      }
    }
    var file = magic
    withUnsafeBytes(of: UInt32(slots).littleEndian) { file.append(contentsOf: $0) }
    for pair in numbers {
      for value in [pair.x, pair.y] {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { file.append(contentsOf: $0) }
      }
    }
    for mark in marks { withUnsafeBytes(of: mark.littleEndian) { file.append(contentsOf: $0) } }
    return file + entries
  }
}
