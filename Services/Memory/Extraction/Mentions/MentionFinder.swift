/// Finds the names, dates, sums and addresses of a text, and decides what each name names.
///
/// Dates, sums and addresses are read by rules; the names between them by the trained model, with the names that the
/// caller knows.
struct MentionFinder {
  let text: TokenizedText
  let names: KnownNames
  let dates: DateReader
  private var tagger = EntityTagger()
  private var mentions: [Mention] = []
  /// The words of a sentence as the model sees them: a sign # belongs to the word after it.
  private var words: [Range<Int>] = []
  /// The token that each of them ends with.
  private var tokens: [Int] = []

  private init(text: TokenizedText, names: KnownNames, today: Int?) {
    self.text = text
    self.names = names
    dates = DateReader(text: text, today: today)
  }

  /// - Parameter today: The day that relative dates count from, as days since 1970-01-01.
  static func find(in text: TokenizedText, names: KnownNames, today: Int?) -> [Mention] {
    var finder = MentionFinder(text: text, names: names, today: today)
    finder.mentions.reserveCapacity(16)
    for sentence in text.sentences { finder.read(sentence) }
    return finder.mentions
  }

  private mutating func read(_ sentence: Range<Int>) {
    let first = mentions.count
    var index = sentence.lowerBound
    while index < sentence.upperBound { index = readValue(index, sentence.upperBound) ?? index + 1 }
    let values = mentions[first...].map(\.tokens)
    readNames(sentence, between: values)
    mentions[first...].sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  private mutating func add(_ mention: Mention) {
    mentions.append(mention)
  }

  // MARK: Names

  /// How much a name weighs that the caller is sure of, and one that was only seen before.
  private static let certainWeight: Float = 60
  private static let seenWeight: Float = 3

  private mutating func readNames(_ sentence: Range<Int>, between values: [Range<Int>]) {
    readWords(sentence)
    var value = 0
    let isValue = tokens.map { token in
      while value < values.count, values[value].upperBound <= token { value += 1 }
      return value < values.count && values[value].contains(token)
    }
    let names = names
    var known: [(words: Range<Int>, known: KnownNames.Known)] = []
    let found = tagger.names(words[...], of: text.bytes) { forms, scores in
      for index in 0..<forms.count where isValue[scores.offset + index] { scores.exclude(index) }
      for match in names.matches(in: forms) {
        let shifted = match.words.lowerBound + scores.offset..<match.words.upperBound + scores.offset
        guard !shifted.contains(where: { isValue[$0] }) else { continue }
        scores.favour(
          match.words, EntityTag(match.known.type),
          by: match.known.isCertain ? Self.certainWeight : Self.seenWeight)
        known.append((shifted, match.known))
      }
    }
    for name in found {
      let range = tokens[name.tokens.lowerBound]..<tokens[name.tokens.upperBound - 1] + 1
      guard !name.tokens.contains(where: { isValue[$0] }) else { continue }
      if let known = known.first(where: { $0.words == name.tokens })?.known, known.isCertain {
        add(Mention(range, known.type, 0.98))
      } else if let type = EntityKinds.type(of: name, forms: tagger.forms) {
        let possible = name.possible.union(EntityTypes(type))
        add(Mention(range, type, name.confidence, possible: possible))
      }
    }
  }

  private mutating func readWords(_ sentence: Range<Int>) {
    words.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    var index = sentence.lowerBound
    while index < sentence.upperBound {
      let token = text.tokens[index]
      let start = token.start
      if text.bytes[start] == UInt8(ascii: "#"), token.end == start + 1, index + 1 < sentence.upperBound,
        text.tokens[index + 1].start == token.end, text.tokens[index + 1].kind == .word
      {
        index += 1
      }
      words.append(start..<text.tokens[index].end)
      tokens.append(index)
      index += 1
    }
  }

  // MARK: Dates, sums and addresses

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
