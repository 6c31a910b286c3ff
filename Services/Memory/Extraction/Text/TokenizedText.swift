/// A text as tokens and sentences, with the folded form of its words side by side.
struct TokenizedText {
  var bytes: [UInt8]
  /// The folded words in their order, one space after each: a run of words is a key without copying.
  var folded: [UInt8] = []
  var tokens: [Token] = []
  /// Each sentence's tokens; never empty.
  var sentences: [Range<Int>] = []

  init(bytes: [UInt8]) {
    self.bytes = bytes
    folded.reserveCapacity(bytes.count + 16)
    tokens.reserveCapacity(bytes.count / 4 + 8)
  }

  /// The text between two byte offsets that lie on character boundaries.
  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  func folded(_ index: Int) -> ArraySlice<UInt8> {
    folded[tokens[index].foldStart..<tokens[index].foldEnd]
  }

  func isWord(_ index: Int, _ word: StaticString) -> Bool {
    let token = tokens[index]
    guard token.foldEnd - token.foldStart == word.utf8CodeUnitCount else { return false }
    for offset in 0..<word.utf8CodeUnitCount where folded[token.foldStart + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Whether the words at the tokens are the same apart from case and accents.
  func sameWords(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { tokens[$0].hash == tokens[$1].hash }
  }

  /// The hash of the folded words from `first` to before `end`.
  func hash(_ range: Range<Int>) -> UInt64 {
    var hash = KeyHash()
    for index in tokens[range.lowerBound].foldStart..<tokens[range.upperBound - 1].foldEnd { hash.add(folded[index]) }
    return hash.value
  }
}
