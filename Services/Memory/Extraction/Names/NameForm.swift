/// A name as it is looked up: by its words, apart from case and accents.
struct NameForm {
  /// What its words hash to, together and the first alone.
  let key: UInt64
  let first: UInt64
  let words: Int
  /// The folded words with one space between them.
  let text: String
  /// How many capitals it shows: 0 for none, 1 for a first one or one inside, 2 for capitals throughout.
  let capitals: UInt8
  /// Whether it is one word that texts often write small.
  let isOrdinary: Bool

  /// - Returns: `nil` for what has neither letters nor digits, or more than ``NameList/mostWords`` words.
  init?(_ name: String) {
    let text = Tokenizer.tokenize(name, lists: nil)
    let tokens = text.tokens.indices
    guard let first = tokens.first, tokens.count <= NameList.mostWords, text.tokens.contains(where: { $0.letters > 0 })
    else { return nil }
    var key: UInt64 = 0
    for index in tokens { key = FeatureHash.join(key, Self.hash(index, of: text)) }
    self.key = key
    self.first = Self.hash(first, of: text)
    words = tokens.count
    self.text = tokens.map { String(decoding: Self.folded($0, of: text), as: UTF8.self) }.joined(separator: " ")
    capitals = Self.capitals(of: first..<tokens.endIndex, in: text)
    isOrdinary = tokens.count == 1 && Self.isOrdinary(text.tokens[first])
  }

  /// A word's own bytes where it is a sign, so that C++ and C# are two names.
  private static func folded(_ index: Int, of text: TokenizedText) -> ArraySlice<UInt8> {
    let folded = text.folded(index)
    return folded.isEmpty ? text.bytes[text.tokens[index].start..<text.tokens[index].end] : folded
  }

  @inline(__always)
  static func hash(_ index: Int, of text: TokenizedText) -> UInt64 {
    let token = text.tokens[index]
    return token.hash != 0 ? token.hash : KeyHash.of(folded(index, of: text))
  }

  static func capitals(of tokens: Range<Int>, in text: TokenizedText) -> UInt8 {
    tokens.reduce(0) { most, index in
      let token = text.tokens[index]
      // "I" and "A" are capitals throughout no more than any first letter.
      if token.shape.contains(.allCapitals), token.letters > 1 { return max(most, 2) }
      return token.shape.isDisjoint(with: [.capital, .innerCapital, .allCapitals]) ? most : max(most, 1)
    }
  }

  /// The ``WordTable/Entry/casing`` of words that are not mostly written with a capital.
  private static let mostlySmall: ClosedRange<UInt64> = 1...5

  private static func isOrdinary(_ token: Token) -> Bool {
    token.kind == .word && mostlySmall.contains(WordTable.embedded.entry(of: token.hash).casing)
      || !token.classes.isDisjoint(with: .closed)
  }
}
