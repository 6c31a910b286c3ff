/// Finds the names, dates, sums and addresses of a text, and decides what each name names.
///
/// A name is a run of capitalised words; its type is what most of the evidence says: the name lists, the words inside
/// it, the words around it, and how the same name is used elsewhere in the text.
struct MentionFinder {
  let text: TokenizedText
  let lists: NameLists
  let dates: DateReader
  var mentions: [Mention] = []
  /// The evidence for each mention, in the same order.
  var evidence: [Evidence] = []

  /// - Parameter today: The day that relative dates count from, as days since 1970-01-01.
  static func find(in text: TokenizedText, lists: NameLists, today: Int?) -> [Mention] {
    var finder = MentionFinder(text: text, lists: lists, dates: DateReader(text: text, today: today))
    finder.mentions.reserveCapacity(16)
    for sentence in text.sentences { finder.read(sentence) }
    finder.decideTypes()
    return finder.mentions
  }

  private mutating func read(_ sentence: Range<Int>) {
    let style = SentenceStyle(of: sentence, in: text)
    var index = sentence.lowerBound
    while index < sentence.upperBound {
      if let end = readValue(index, sentence.upperBound) {
        index = end
      } else {
        index = readName(index, sentence, style)
      }
    }
  }

  mutating func add(_ mention: Mention, _ evidence: Evidence = Evidence()) {
    mentions.append(mention)
    self.evidence.append(evidence)
  }

  /// Reads an address, a date or a sum of money at a token; the token after it, or nil.
  private mutating func readValue(_ index: Int, _ limit: Int) -> Int? {
    switch text.tokens[index].kind {
    case .email: add(Mention(index..<index + 1, .email, 0.98))
    case .url: add(Mention(index..<index + 1, .url, 0.98))
    case .handle: add(Mention(index..<index + 1, .handle, 0.95))
    default: return readMoney(index, limit) ?? readDate(index, limit)
    }
    return index + 1
  }

  private mutating func readDate(_ index: Int, _ limit: Int) -> Int? {
    guard let reading = dates.date(at: index, before: limit) else { return nil }
    var mention = Mention(index..<reading.end, .date, reading.interval == nil ? 0.8 : 0.9)
    mention.interval = reading.interval
    add(mention)
    return reading.end
  }

  /// "$5 million", "US$ 20", "20 euros", "five million dollars", "USD 300".
  private mutating func readMoney(_ index: Int, _ limit: Int) -> Int? {
    let token = text.tokens[index]
    var next = index
    if token.kind == .currency {
      next += 1
    } else if token.kind == .word, token.shape.contains(.allCapitals), index + 1 < limit,
      text.tokens[index + 1].kind == .currency, !text.tokens[index + 1].shape.contains(.spaced)
    {
      next += 2
    } else if token.classes.contains(.currency), token.shape.contains(.allCapitals), token.letters == 3 {
      next += 1
    }
    let prefixed = next > index
    guard next < limit, isAmount(next) else { return nil }
    next += 1
    while next < limit, next - index < 8, text.tokens[next].classes.contains(.scale) { next += 1 }
    if next < limit, text.tokens[next].classes.contains(.currency), !prefixed || text.tokens[next].letters > 1 {
      next += 1
    } else if !prefixed {
      return nil
    }
    add(Mention(index..<next, .money, 0.95))
    return next
  }

  private func isAmount(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if token.kind == .number { return true }
    if token.shape.contains(.hasDigit), let first = text.folded(index).first { return first <= UInt8(ascii: "9") }
    return token.classes.contains(.number) && token.letters > 2
  }
}
