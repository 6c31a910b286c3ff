import Foundation

/// Finds words that a model quotes in the text that it read.
///
/// A quote is found although the model changed case, the kind of quotation marks and dashes, white space, or the way
/// in which accents are encoded; what is handed out are the text's own bytes. Words are found as words: "Ann" is not in
/// "Anna". Each search takes time linear in the text.
struct QuoteFinder {
  /// Occurrences looked at for one quote: a text that repeats itself without end holds no more of interest.
  private static let candidates = 64

  let bytes: [UInt8]
  /// The text's scalars as they are compared.
  private let folded: [UInt32]
  /// The bytes that each of them stands for.
  private let ranges: [Range<Int>]

  init(_ text: String) {
    bytes = Array(text.utf8)
    (folded, ranges) = Self.fold(text)
  }

  /// The text's own words at a place.
  func words(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Where the quote stands as words of its own: first where it is the same byte for byte, else from left to right.
  func places(of quote: String) -> [Range<Int>] {
    let wanted = Self.trimmed(Self.fold(quote).folded)
    guard !wanted.isEmpty else { return [] }
    var found: [Range<Int>] = []
    forEachOccurrence(of: wanted) { start in
      let end = start + wanted.count
      // A match may not begin or end inside of what one scalar stands for.
      if start > 0, ranges[start - 1] == ranges[start] { return true }
      if end < ranges.count, ranges[end] == ranges[end - 1] { return true }
      guard isBoundary(start), isBoundary(end) else { return true }
      found.append(ranges[start].lowerBound..<ranges[end - 1].upperBound)
      return found.count < Self.candidates
    }
    let exact = Array(quote.utf8)
    let isSame = found.map { bytes[$0].elementsEqual(exact) }
    return zip(found, isSame).filter(\.1).map(\.0) + zip(found, isSame).filter { !$0.1 }.map(\.0)
  }

  /// A name as names are compared: two that differ in case or marks alone are one.
  static func key(_ name: String) -> [UInt32] { trimmed(fold(name).folded) }

  // MARK: Folding

  private static func fold(_ text: String) -> (folded: [UInt32], ranges: [Range<Int>]) {
    var folded: [UInt32] = []
    var ranges: [Range<Int>] = []
    folded.reserveCapacity(text.utf8.count)
    ranges.reserveCapacity(text.utf8.count)
    var offset = 0
    for scalar in text.unicodeScalars {
      let range = offset..<offset + UTF8.width(scalar)
      offset = range.upperBound
      if scalar.value < 0x80 {
        add(Self.folded(scalar), range)
      } else {
        for part in String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars { add(Self.folded(part), range) }
      }
    }
    func add(_ value: UInt32, _ range: Range<Int>) {
      if value == 0 { return }
      if value == 0x20, folded.last == 0x20 { return }
      folded.append(value)
      ranges.append(range)
    }
    return (folded, ranges)
  }

  /// 0 for what is not compared.
  private static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    switch scalar.value {
    case 0x41...0x5A: return scalar.value + 0x20
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return 0x20
    case ..<0x80: return scalar.value
    case 0x2018...0x201B, 0x2BC: return UInt32(UInt8(ascii: "'"))
    case 0x201C...0x201F, 0xAB, 0xBB: return UInt32(UInt8(ascii: "\""))
    case 0x2010...0x2015, 0x2212: return UInt32(UInt8(ascii: "-"))
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: return 0
    default:
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      return lower.count == 1 ? lower.first?.value ?? scalar.value : scalar.value
    }
  }

  private static func trimmed(_ folded: [UInt32]) -> [UInt32] {
    let isEdge: (UInt32) -> Bool = { $0 == 0x20 || $0 == UInt32(UInt8(ascii: "\"")) }
    guard let first = folded.firstIndex(where: { !isEdge($0) }), let last = folded.lastIndex(where: { !isEdge($0) })
    else { return [] }
    return Array(folded[first...last])
  }

  // MARK: Searching

  /// Whether a word may end before the scalar and another begin with it.
  private func isBoundary(_ index: Int) -> Bool {
    guard index > 0, index < folded.count else { return true }
    guard let left = Unicode.Scalar(folded[index - 1]), let right = Unicode.Scalar(folded[index]) else { return false }
    // A mark belongs to the letter before it.
    if Self.isMark(right) { return false }
    return !Self.isWord(left) || !Self.isWord(right) || Self.standsUnspaced(left) || Self.standsUnspaced(right)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 {
      return scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value)
    }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || isMark(scalar)
  }

  /// Scripts that are written without blanks between words, or with endings joined on.
  private static func standsUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x11FF, 0x1780...0x17FF, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7FF,
      0xF900...0xFAFF, 0xFF66...0xFF9D, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Knuth, Morris and Pratt: every occurrence, overlapping ones as well, until the closure returns false.
  private func forEachOccurrence(of wanted: [UInt32], _ body: (Int) -> Bool) {
    guard wanted.count <= folded.count else { return }
    var border = [Int](repeating: 0, count: wanted.count)
    var length = 0
    for index in wanted.indices.dropFirst() {
      while length > 0, wanted[index] != wanted[length] { length = border[length - 1] }
      if wanted[index] == wanted[length] { length += 1 }
      border[index] = length
    }
    length = 0
    for index in folded.indices {
      while length > 0, folded[index] != wanted[length] { length = border[length - 1] }
      if folded[index] == wanted[length] { length += 1 }
      guard length == wanted.count else { continue }
      guard body(index + 1 - length) else { return }
      length = border[length - 1]
    }
  }
}
