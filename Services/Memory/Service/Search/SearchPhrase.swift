/// One thing that a question asks for: a word, or words that stand side by side.
struct SearchPhrase: Sendable, Hashable {
  /// No question is looked up by more phrases than this; further ones are left out.
  static let limit = 64

  /// As the caller wrote it, without quotation marks.
  var text: String
  /// What is looked up, in order; never empty.
  var terms: [String]

  /// The phrases of a question: whatever stands between spaces, and whatever stands in quotation marks as a whole.
  /// What holds no word (lone punctuation) is passed over, and so is a phrase that was there before.
  static func phrases(in question: String) -> [SearchPhrase] {
    var phrases: [SearchPhrase] = []
    var seen: Set<[String]> = []
    for chunk in chunks(of: question[...]) where phrases.count < limit {
      let terms = SearchTokenizer.words(in: String(chunk)).map(\.term)
      guard !terms.isEmpty, seen.insert(terms).inserted else { continue }
      phrases.append(SearchPhrase(text: String(chunk), terms: terms))
    }
    return phrases
  }

  private static func chunks(of question: Substring) -> [Substring] {
    var rest = question
    var chunks: [Substring] = []
    while let open = rest.firstIndex(of: "\""),
      let close = rest[rest.index(after: open)...].firstIndex(of: "\"")
    {
      chunks += words(of: rest[..<open])
      chunks.append(rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
    }
    return chunks + words(of: rest)
  }

  private static func words(of text: Substring) -> [Substring] {
    text.split { $0.isWhitespace || $0 == "\0" }
  }

  /// Where the phrase stands first in a text, in bytes; nil when it does not.
  func firstRange(in words: [SearchWord]) -> Range<Int>? {
    guard words.count >= terms.count else { return nil }
    for start in 0...(words.count - terms.count) {
      if words[start].term == terms[0],
        terms.indices.allSatisfy({ words[start + $0].term == terms[$0] })
      {
        return words[start].range.lowerBound..<words[start + terms.count - 1].range.upperBound
      }
    }
    return nil
  }
}
