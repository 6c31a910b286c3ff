/// Finds the names, dates, sums and addresses of a text, and decides what each name names.
///
/// The names that people listed come first, then dates, sums and addresses by rules, the names between them by the
/// trained model, and at last what it passed over of the names that were seen before.
struct MentionFinder {
  let text: TokenizedText
  let names: KnownNames
  let dates: DateReader
  private var tagger: EntityTagger
  private var mentions: [Mention] = []
  /// The words of a sentence as the model sees them: a sign # belongs to the word after it.
  private var words: [Range<Int>] = []
  /// The token that each of them ends with.
  private var tokens: [Int] = []

  private init(text: TokenizedText, tagger: EntityTagger, names: KnownNames, today: Int?) {
    self.text = text
    self.tagger = tagger
    self.names = names
    dates = DateReader(text: text, today: today)
  }

  /// - Parameter today: The day that relative dates count from, as days since 1970-01-01.
  static func find(
    in text: TokenizedText, with taggers: TaggerStock, names: KnownNames, today: Int?
  ) -> [Mention] {
    var finder = MentionFinder(text: text, tagger: taggers.take(), names: names, today: today)
    finder.mentions.reserveCapacity(16)
    for sentence in text.sentences { finder.read(sentence) }
    taggers.giveBack(finder.tagger)
    return finder.mentions
  }

  private mutating func read(_ sentence: Range<Int>) {
    let first = mentions.count
    var index = sentence.lowerBound
    while index < sentence.upperBound {
      index = readListed(index, sentence) ?? readValue(index, sentence.upperBound) ?? index + 1
    }
    readNames(sentence, after: first)
    mentions[first...].sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    if !names.seen.isEmpty { readSeen(sentence, besides: first) }
  }

  private mutating func add(_ mention: Mention) {
    mentions.append(mention)
  }

  // MARK: Names

  private mutating func readNames(_ sentence: Range<Int>, after first: Int) {
    readWords(sentence)
    let values = mentions[first...].map(\.tokens)
    var value = 0
    let isValue = tokens.map { token in
      while value < values.count, values[value].upperBound <= token { value += 1 }
      return value < values.count && values[value].contains(token)
    }
    let found = tagger.names(words[...], of: text.bytes) { forms, scores in
      for index in 0..<forms.count where isValue[scores.offset + index] { scores.exclude(index) }
    }
    for name in found {
      guard !name.tokens.contains(where: { isValue[$0] }) else { continue }
      if let type = EntityKinds.type(of: name, forms: tagger.forms) {
        let possible = name.possible.union(EntityTypes(type))
        let whole = type == .person ? withGivenName(name.tokens, isValue) : name.tokens
        if whole != name.tokens, let last = mentions.last, last.tokens.overlaps(range(whole)) { mentions.removeLast() }
        add(Mention(range(whole), type, name.confidence, possible: possible))
      }
    }
  }

  /// The tokens of some words.
  private func range(_ words: Range<Int>) -> Range<Int> { tokens[words.lowerBound]..<tokens[words.upperBound - 1] + 1 }

  private static let mostParticles = 3

  /// "Jan van der Berg" where "Berg" was found: the given name before the particles of a surname belongs to it.
  private func withGivenName(_ name: Range<Int>, _ isValue: [Bool]) -> Range<Int> {
    var first = name.lowerBound
    while first > 1, name.lowerBound - first < Self.mostParticles,
      text.tokens[tokens[first - 1]].classes.contains(.particle)
    {
      first -= 1
    }
    guard first < name.lowerBound, !isValue[first - 1] else { return name }
    let given = text.tokens[tokens[first - 1]]
    guard given.listed.contains(.givenName), given.shape.contains(.capital) else { return name }
    // A name that ends with the given name is the same person's; one that goes on is not.
    guard let last = mentions.last, last.tokens.overlaps(range(first - 1..<name.upperBound)) else {
      return first - 1..<name.upperBound
    }
    return last.type == .person && last.tokens == tokens[first - 1]..<tokens[first - 1] + 1
      ? first - 1..<name.upperBound : name
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

  // MARK: Names that the caller knows

  /// Reads a name that people listed at a token; the token after it, or nil.
  private mutating func readListed(_ index: Int, _ sentence: Range<Int>) -> Int? {
    guard !names.listed.isEmpty, let match = names.listed.match(at: index, in: sentence, of: text) else { return nil }
    var mention = Mention(match.tokens, match.type, NameList.confidence)
    mention.listedName = match.name
    add(mention)
    return match.tokens.upperBound
  }

  /// How much a name that was seen before weighs, in the logarithm of odds; and one of words that texts often write
  /// small, such as "apple".
  private static let seenWeight: Float = 4.5
  private static let ordinaryWeight: Float = 2.5
  /// What the model is less sure of may give way to a name that was seen before.
  private static let doubt = 0.5

  /// Looks where nothing was found, or nothing that the model is sure of, for names that were seen before and have no
  /// capital here, and takes those that the model then holds likely.
  private mutating func readSeen(_ sentence: Range<Int>, besides first: Int) {
    let gaps = seenNames(in: sentence, besides: first)
    guard !gaps.isEmpty else { return }
    var next = 0
    let found = tagger.names(words[...], of: text.bytes) { forms, scores in
      let piece = scores.offset..<scores.offset + forms.count
      while next < gaps.count, gaps[next].words.lowerBound < piece.upperBound {
        let words = gaps[next].words.lowerBound - piece.lowerBound..<gaps[next].words.upperBound - piece.lowerBound
        if words.upperBound <= piece.count {
          let isOrdinary = words.allSatisfy { forms[$0].isOftenSmall }
          let weight = isOrdinary ? Self.ordinaryWeight : Self.seenWeight
          scores.favour(words, EntityTag(gaps[next].type), by: weight)
        }
        next += 1
      }
    }
    var taken: [Mention] = []
    next = 0
    for name in found {
      while next < gaps.count, gaps[next].words.lowerBound < name.tokens.lowerBound { next += 1 }
      guard next < gaps.count, gaps[next].words == name.tokens, EntityTag(gaps[next].type) == name.tag else { continue }
      var mention = Mention(range(name.tokens), gaps[next].type, NameList.seenConfidence)
      mention.listedName = gaps[next].name
      taken.append(mention)
    }
    guard !taken.isEmpty else { return }
    var mention = 0
    let kept = mentions[first...].filter { one in
      while mention < taken.count, taken[mention].tokens.upperBound <= one.tokens.lowerBound { mention += 1 }
      return mention == taken.count || !taken[mention].tokens.overlaps(one.tokens)
    }
    mentions.replaceSubrange(first..., with: kept + taken)
    mentions[first...].sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  /// A name of the list as a run of the sentence's words.
  private struct Gap {
    var words: Range<Int>
    var type: EntityType
    var name: String
  }

  /// The names of the list that overlap nothing that the model is sure of.
  private func seenNames(in sentence: Range<Int>, besides first: Int) -> [Gap] {
    var gaps: [Gap] = []
    var index = sentence.lowerBound
    var word = 0
    var mention = first
    while index < sentence.upperBound {
      while mention < mentions.count,
        mentions[mention].tokens.upperBound <= index || mentions[mention].confidence < Self.doubt
      {
        mention += 1
      }
      let end = mention < mentions.count ? mentions[mention].tokens.lowerBound : sentence.upperBound
      guard index < end, let match = names.seen.match(at: index, in: sentence, of: text),
        match.tokens.upperBound <= end, NameForm.capitals(of: match.tokens, in: text) == 0
      else {
        index += 1
        continue
      }
      while tokens[word] < match.tokens.lowerBound { word += 1 }
      let start = word
      while tokens[word] < match.tokens.upperBound - 1 { word += 1 }
      gaps.append(Gap(words: start..<word + 1, type: match.type, name: match.name))
      index = match.tokens.upperBound
    }
    return gaps
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
