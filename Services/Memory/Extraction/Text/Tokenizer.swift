/// Cuts a text into tokens in one pass over its UTF-8.
///
/// Each byte is looked at a bounded number of times, whatever the text. Tokens start and end on character boundaries.
struct Tokenizer {
  var text: TokenizedText
  let lists: NameLists?
  let lexicon: Lexicon
  var position = 0
  var lineBreaks: UInt8 = 0
  var spaced = true
  /// Up to here, no e-mail address was found to begin: keeps the look-ahead linear.
  var addressesSearched = 0

  /// - Parameter lists: The lists to look capitalised words up in, or nil to cut only.
  static func tokenize(_ string: String, lists: NameLists?) -> TokenizedText {
    var tokenizer = Tokenizer(text: TokenizedText(bytes: Array(string.utf8)), lists: lists, lexicon: .english)
    tokenizer.run()
    tokenizer.findSentences()
    return tokenizer.text
  }

  /// The scalar at an offset, its length and kind; zero-length at the end.
  @inline(__always)
  func scalar(at offset: Int) -> (value: UInt32, length: Int, kind: Letters.Kind) {
    guard offset < text.bytes.count else { return (0, 0, .space) }
    let byte = text.bytes[offset]
    if byte < 0x80 { return (UInt32(byte), 1, Letters.kind(UInt32(byte))) }
    return scalarBeyondASCII(at: offset, byte)
  }

  /// Swift strings are valid UTF-8, so the continuation bytes are there; the guard only keeps a slip from trapping.
  private func scalarBeyondASCII(at offset: Int, _ byte: UInt8) -> (value: UInt32, length: Int, kind: Letters.Kind) {
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    guard offset + length <= text.bytes.count else { return (0xFFFD, text.bytes.count - offset, .other) }
    var value = UInt32(byte) & (0x7F >> UInt32(length))
    for index in 1..<length { value = value << 6 | UInt32(text.bytes[offset + index] & 0x3F) }
    return (value, length, Letters.kind(value))
  }

  func byte(at offset: Int) -> UInt8 { offset < text.bytes.count ? text.bytes[offset] : 0 }

  mutating func run() {
    while position < text.bytes.count {
      let (value, length, kind) = scalar(at: position)
      switch kind {
      case .space:
        if value == 0x0A || value == 0x2029 || value == 0x2028 { lineBreaks = min(2, lineBreaks + 1) }
        spaced = true
        position += length
      case .upper, .lower, .caseless, .digit:
        if !readAddress() { readWord() }
      case .mark, .other:
        if !readHandle() && !readApostrophe(value, length) { readPunctuation(value, length) }
      }
    }
  }

  /// Appends the token from `start` to ``position``, its folded form from `foldStart` on.
  mutating func append(
    _ kind: Token.Kind, from start: Int, foldStart: Int, shape: Token.Shape = [], letters: Int = 0, hash: UInt64 = 0
  ) {
    var token = Token(
      start: start, end: position, foldStart: foldStart, foldEnd: text.folded.count, hash: hash, kind: kind,
      shape: shape, lineBreaks: lineBreaks, letters: UInt16(min(letters, Int(UInt16.max))))
    if spaced { token.shape.insert(.spaced) }
    if kind == .word {
      token.classes = lexicon.classes(of: hash)
      if let lists, !shape.isDisjoint(with: [.capital, .caseless, .innerCapital]),
        let entry = lists.entry(of: hash)
      {
        token.listed = entry.kinds
      }
    }
    text.folded.append(UInt8(ascii: " "))
    text.tokens.append(token)
    spaced = false
    lineBreaks = 0
  }

  private mutating func readPunctuation(_ value: UInt32, _ length: Int) {
    let start = position
    position += length
    let kind: Token.Kind
    switch value {
    case 0x2E, 0x21, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0x203D, 0x964, 0x61F, 0x6D4: kind = .stop
    case 0x2C, 0xFF0C, 0x3001, 0x60C: kind = .comma
    case 0x28, 0x5B, 0x7B, 0xFF08, 0x3010: kind = .open
    case 0x29, 0x5D, 0x7D, 0xFF09, 0x3011: kind = .close
    case 0x22, 0x27, 0x60, 0xAB, 0xBB, 0x2018...0x201F, 0x300C...0x300F: kind = .quote
    case 0x24, 0xA3, 0xA5, 0x20A0...0x20BF: kind = .currency
    default: kind = .symbol
    }
    append(kind, from: start, foldStart: text.folded.count)
  }
}
