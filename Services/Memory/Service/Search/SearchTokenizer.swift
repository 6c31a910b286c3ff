/// Cuts texts and questions into the terms that are indexed and looked up.
///
/// Indexing, looking up and explaining a hit share this one tokenizer, so a hit can always say which words it matched.
/// Case, width, accents and an English plural make no difference. Scripts that put no spaces between words (Han, kana,
/// Thai and their like) and emoji are cut into single characters, which questions look for side by side. A term holds
/// ASCII letters and digits and non-ASCII scalars only, never a byte that FTS5 reads as syntax.
///
/// Pure, and linear in the text. The terms of a text must stay the same for as long as an index holds them.
struct SearchTokenizer {
  /// A longer word is cut off at the first scalar that passes this many bytes.
  static let longestTerm = 64

  /// The words of a text in order.
  static func words(in text: String) -> [SearchWord] {
    var words: [SearchWord] = []
    scan(text) { term, range in
      words.append(SearchWord(term: String(decoding: term, as: UTF8.self), range: range))
    }
    return words
  }

  /// The terms of a text with a space between, as they are given to the index.
  static func terms(of text: String) -> String {
    var joined: [UInt8] = []
    joined.reserveCapacity(text.utf8.count)
    scan(text) { term, _ in
      if !joined.isEmpty { joined.append(0x20) }
      joined.append(contentsOf: term)
    }
    return String(decoding: joined, as: UTF8.self)
  }

  private static func scan(_ text: String, _ emit: ([UInt8], Range<Int>) -> Void) {
    var text = text
    text.withUTF8 { bytes in
      var tokenizer = SearchTokenizer(bytes: bytes)
      tokenizer.run(emit)
    }
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var term: [UInt8] = []
  private var isASCII = true
  private var start = 0
  private var end = 0

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  private mutating func run(_ emit: ([UInt8], Range<Int>) -> Void) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        switch byte {
        case 0x61...0x7A, 0x30...0x39: append(byte, emit)
        case 0x41...0x5A: append(byte | 0x20, emit)
        case 0x27: passApostrophe(length: 1, emit)
        default:
          finishWord(emit)
          position += 1
        }
      } else {
        takeScalar(emit)
      }
    }
    finishWord(emit)
  }

  private mutating func append(_ byte: UInt8, _ emit: ([UInt8], Range<Int>) -> Void) {
    if term.isEmpty { start = position }
    if term.count < Self.longestTerm { term.append(byte) }
    position += 1
    end = position
  }

  private mutating func takeScalar(_ emit: ([UInt8], Range<Int>) -> Void) {
    let (scalar, length) = decode()
    switch ScalarRole(scalar) {
    case .letter:
      appendScalar(length)
    case .mark:
      if term.isEmpty { position += length } else { appendScalar(length) }
    case .accent:
      position += length
      if !term.isEmpty { end = position }
    case .alone:
      finishWord(emit)
      start = position
      appendScalar(length)
      finishWord(emit)
    case .apostrophe:
      passApostrophe(length: length, emit)
    case .separator:
      finishWord(emit)
      position += length
    }
  }

  private mutating func appendScalar(_ length: Int) {
    if term.isEmpty { start = position }
    if term.count < Self.longestTerm { term.append(contentsOf: bytes[position..<position + length]) }
    isASCII = false
    position += length
    end = position
  }

  /// "Maria's" is the word "Maria", "don't" is one word, and any other apostrophe ends a word.
  private mutating func passApostrophe(length: Int, _ emit: ([UInt8], Range<Int>) -> Void) {
    let next = position + length
    guard !term.isEmpty, next < bytes.count, Self.isWordByte(bytes[next]) else {
      finishWord(emit)
      position = next
      return
    }
    if bytes[next] | 0x20 == 0x73, next + 1 == bytes.count || !Self.isWordByte(bytes[next + 1]) {
      finishWord(emit)
      position = next + 1
    } else {
      position = next
    }
  }

  private mutating func finishWord(_ emit: ([UInt8], Range<Int>) -> Void) {
    guard !term.isEmpty else { return }
    if !isASCII { term = WordFolding.fold(term) }
    WordStem.stem(&term)
    if !term.isEmpty { emit(term, start..<end) }
    term.removeAll(keepingCapacity: true)
    isASCII = true
  }

  /// The scalar at the position; a `String`'s UTF-8 is always well formed.
  private func decode() -> (Unicode.Scalar, length: Int) {
    let first = UInt32(bytes[position])
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var value = first & (0x7F >> UInt32(length))
    for offset in 1..<length where position + offset < bytes.count {
      value = value << 6 | UInt32(bytes[position + offset] & 0x3F)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
  }
}
