extension Tokenizer {
  /// A line of fewer bytes than this that ends without punctuation is a heading or a list item, not a wrapped line.
  private static let wrappedLine = 55

  /// Cuts the tokens into sentences at stops, blank lines and the ends of short lines.
  mutating func findSentences() {
    let count = text.tokens.count
    guard count > 0 else { return }
    var start = 0
    var lineStart = text.tokens[0].start
    for index in 0..<count {
      text.tokens[index].sentence = Int32(text.sentences.count)
      let next = index + 1
      guard next < count else { break }
      var ends = endsSentence(index, next)
      if text.tokens[next].lineBreaks > 0 {
        if text.tokens[next].lineBreaks > 1 || breaksLine(next, length: text.tokens[index].end - lineStart) {
          ends = true
        }
        lineStart = text.tokens[next].start
      }
      if ends {
        text.sentences.append(start..<next)
        start = next
      }
    }
    text.sentences.append(start..<count)
  }

  private func breaksLine(_ next: Int, length: Int) -> Bool {
    let token = text.tokens[next]
    if token.kind == .symbol { return true }
    return length < Self.wrappedLine && (token.shape.contains(.capital) || token.kind != .word)
  }

  private func endsSentence(_ index: Int, _ next: Int) -> Bool {
    let token = text.tokens[index]
    let following = text.tokens[next]
    switch token.kind {
    case .stop:
      if following.kind == .quote || following.kind == .close || following.kind == .stop { return false }
      return following.shape.contains(.spaced) || following.shape.contains(.caseless) || token.end - token.start > 1
    case .quote, .close:
      // A closing quotation mark after a stop; an opening one starts the next sentence.
      guard index > 0, text.tokens[index - 1].kind == .stop, !token.shape.contains(.spaced) else { return false }
      return following.shape.contains(.spaced) && following.shape.contains(.capital)
    case .word where token.shape.contains(.dotted):
      // "the U.S. The": the stop does two things when a word follows that only a sentence begins with a capital.
      return !token.classes.contains(.title) && following.shape.contains(.spaced)
        && following.shape.contains(.capital) && !following.classes.isDisjoint(with: .closed)
        && token.letters > 1
    default: return false
    }
  }
}
