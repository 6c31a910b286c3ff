/// Reads relations out of a text whose mentions are known, by the patterns of a table.
///
/// A pattern is tried where its anchor stands; the first of the table that fits there is taken. What is denied or only
/// possible ("never worked at", "may visit") is not stated and gives nothing.
struct RelationReader {
  /// A relation between two mentions, with the tokens that it rests on.
  struct Found {
    /// Its name.
    var type: String
    var source: Int
    var target: Int
    var confidence: Double
    var tokens: Range<Int>
    var interval: TimeInterval?
  }

  let text: TokenizedText
  let table: RelationTable
  let today: Int?
  var mentions: [Mention]
  var found: [Found] = []
  /// The mention that begins, and the one that ends, at each token; -1 for none.
  private var beginning: [Int32]
  private var ending: [Int32]
  /// Mentions that a relation has decided: their type is not open any more.
  private var isDecided: [Bool]

  /// - Parameter today: The day that "no longer" and "for three years" count from, as days since 1970-01-01.
  init(text: TokenizedText, mentions: [Mention], table: RelationTable, today: Int? = nil) {
    self.text = text
    self.today = today
    self.table = table
    self.mentions = mentions
    beginning = Array(repeating: -1, count: text.tokens.count)
    ending = beginning
    isDecided = Array(repeating: false, count: mentions.count)
    for (index, mention) in mentions.enumerated() { place(index, mention.tokens) }
  }

  private mutating func place(_ index: Int, _ tokens: Range<Int>) {
    beginning[tokens.lowerBound] = Int32(index)
    ending[tokens.upperBound - 1] = Int32(index)
  }

  mutating func run() {
    for sentence in text.sentences {
      for anchor in sentence where text.tokens[anchor].kind == .word {
        guard let patterns = table.anchors[text.tokens[anchor].hash], mention(covering: anchor) == nil else { continue }
        for pattern in patterns where match(table.patterns[pattern], at: anchor, in: sentence) { break }
      }
    }
  }

  /// The mention that a token is inside of, unless it is a pronoun, whose words may anchor.
  func mention(covering token: Int) -> Int? {
    // Names are short: the one that covers a token begins at most a few tokens before it.
    for start in stride(from: token, through: max(0, token - 8), by: -1) {
      let index = Int(beginning[start])
      if index >= 0 { return mentions[index].tokens.contains(token) ? index : nil }
    }
    return nil
  }

  func mention(beginningAt token: Int) -> Int { Int(beginning[token]) }

  func mention(endingAt token: Int) -> Int { Int(ending[token]) }

  // MARK: Matching

  /// What a pattern has bound so far, and how far it reaches.
  private struct Match {
    var source: Int?
    var target: Int?
    var concept: Range<Int>?
    var conceptIsSource = false
    var low: Int
    var high: Int
  }

  private mutating func match(_ pattern: RelationPattern, at anchor: Int, in sentence: Range<Int>) -> Bool {
    let kind = table.relations[pattern.relation]
    var match = Match(low: anchor, high: anchor + 1)
    guard readLeft(pattern.before[...], from: anchor - 1, sentence, kind, &match),
      readRight(pattern.after[...], from: anchor + 1, sentence, kind, &match),
      stance(match.low..<match.high, sentence) != .denied
    else { return false }
    if let concept = match.concept {
      let index = addConcept(concept)
      if match.conceptIsSource { match.source = index } else { match.target = index }
    }
    guard let source = match.source, let target = match.target,
      canonical(source) != canonical(target), decide(source, kind.source), decide(target, kind.target)
    else { return false }
    let statement = match.low..<match.high
    let stance = stance(statement, sentence)
    let interval = interval(for: kind.time, stance, statement, sentence, except: [source, target])
    let confidence = kind.confidence * (isFuture(statement) ? 0.7 : 1) * stance.certainty
    for (index, one) in alike(source, to: kind.source, sentence).enumerated() {
      for (place, other) in alike(target, to: kind.target, sentence).enumerated()
      where canonical(one) != canonical(other) {
        let certainty = min(mentions[one].confidence, mentions[other].confidence)
        // What is joined by "and" is read along, and a little less sure.
        let joined = index + place > 0 ? 0.9 : 1
        found.append(
          Found(
            type: kind.name, source: one, target: other,
            confidence: confidence * joined * (0.5 + 0.5 * certainty),
            tokens: min(
              match.low, mentions[one].tokens.lowerBound, mentions[other].tokens.lowerBound)..<max(
                match.high, mentions[one].tokens.upperBound, mentions[other].tokens.upperBound),
            interval: interval))
      }
    }
    return true
  }

  private func readLeft(
    _ elements: ArraySlice<RelationPattern.Element>, from place: Int, _ sentence: Range<Int>, _ kind: RelationKind,
    _ match: inout Match
  ) -> Bool {
    guard let element = elements.first else { return true }
    let rest = elements.dropFirst()
    switch element {
    case .words(let words, let isOptional):
      if place >= sentence.lowerBound, words.contains(text.tokens[place].hash) {
        match.low = min(match.low, place)
        return readLeft(rest, from: place - 1, sentence, kind, &match)
      }
      return isOptional && readLeft(rest, from: place, sentence, kind, &match)
    case .possessive:
      guard place >= sentence.lowerBound else { return false }
      if text.tokens[place].kind == .possessive { return readLeft(rest, from: place - 1, sentence, kind, &match) }
      let index = Int(ending[place])
      guard index >= 0, mentions[index].isPossessive else { return false }
      return readLeft(rest, from: place, sentence, kind, &match)
    case .link:
      var place = place
      while place >= sentence.lowerBound, isLink(place) { place -= 1 }
      return readLeft(rest, from: place, sentence, kind, &match)
    case .adjunct:
      return readLeft(rest, from: place, sentence, kind, &match)
    case .slot(let isSource, let isStrict):
      guard let index = mentionLeft(of: place, isSource ? kind.source : kind.target, sentence, isStrict) else {
        return false
      }
      if isSource { match.source = index } else { match.target = index }
      let tokens = mentions[index].tokens
      match.low = min(match.low, tokens.lowerBound)
      return readLeft(rest, from: tokens.lowerBound - 1, sentence, kind, &match)
    }
  }

  private func readRight(
    _ elements: ArraySlice<RelationPattern.Element>, from place: Int, _ sentence: Range<Int>, _ kind: RelationKind,
    _ match: inout Match
  ) -> Bool {
    guard let element = elements.first else { return true }
    let rest = elements.dropFirst()
    switch element {
    case .words(let words, let isOptional):
      if place < sentence.upperBound, words.contains(text.tokens[place].hash) {
        match.high = max(match.high, place + 1)
        return readRight(rest, from: place + 1, sentence, kind, &match)
      }
      return isOptional && readRight(rest, from: place, sentence, kind, &match)
    case .possessive:
      guard place < sentence.upperBound, text.tokens[place].kind == .possessive else { return false }
      return readRight(rest, from: place + 1, sentence, kind, &match)
    case .link:
      var place = place
      while place < sentence.upperBound, isLink(place) { place += 1 }
      return readRight(rest, from: place, sentence, kind, &match)
    case .adjunct:
      var without = match
      if readRight(rest, from: place, sentence, kind, &without) {
        match = without
        return true
      }
      guard let end = adjunct(at: place, sentence) else { return false }
      return readRight(rest, from: end, sentence, kind, &match)
    case .slot(let isSource, let isStrict):
      let types = isSource ? kind.source : kind.target
      if let index = mentionRight(of: place, types, sentence, isStrict) {
        if isSource { match.source = index } else { match.target = index }
        match.high = max(match.high, mentions[index].tokens.upperBound)
        return readRight(rest, from: mentions[index].tokens.upperBound, sentence, kind, &match)
      }
      guard types.contains(.concept), match.concept == nil, let concept = concept(at: place, sentence) else {
        return false
      }
      match.concept = concept
      match.conceptIsSource = isSource
      match.high = max(match.high, concept.upperBound)
      return readRight(rest, from: concept.upperBound, sentence, kind, &match)
    }
  }

  private static let linkWords = WordSet("named called")

  private func isLink(_ place: Int) -> Bool {
    let token = text.tokens[place]
    return token.kind == .comma || token.classes.contains(.be) || token.classes.contains(.determiner)
      || Self.linkWords.contains(token.hash)
  }

  /// "in 1999", "in London": a preposition with a time or a place, or a time by itself; the token after it.
  private func adjunct(at place: Int, _ sentence: Range<Int>) -> Int? {
    guard place < sentence.upperBound else { return nil }
    var start = place
    if !text.tokens[place].classes.isDisjoint(with: [.preposition, .locative]) { start += 1 }
    while start < sentence.upperBound, text.tokens[start].classes.contains(.determiner) { start += 1 }
    guard start < sentence.upperBound else { return nil }
    let index = Int(beginning[start])
    guard index >= 0, mentions[index].type == .date || start > place && mentions[index].type == .location else {
      return nil
    }
    return mentions[index].tokens.upperBound
  }

  private static let betweenSubjectAndVerb: WordClass = [
    .adverb, .be, .auxiliary, .future, .determiner, .relative, .negation, .modal, .intention, .role, .title,
  ]
  private static let qualifiers = WordSet(
    """
    former current new longtime long-time then old best close good younger older as to used been having senior chief
    deputy vice
    """)

  /// The mention that a slot left of `place` binds: the nearest, over words that may stand between it and the anchor.
  /// One that does not fit and hangs on a preposition ("John from Berlin visited") is passed over.
  private func mentionLeft(of place: Int, _ types: EntityTypes, _ sentence: Range<Int>, _ isStrict: Bool) -> Int? {
    var place = place
    var passed = 0
    while place >= sentence.lowerBound, passed < 8 {
      let index = Int(ending[place])
      if index >= 0 {
        if fits(index, types) { return index }
        let before = mentions[index].tokens.lowerBound - 1
        guard !isStrict, before >= sentence.lowerBound,
          !text.tokens[before].classes.isDisjoint(with: [.preposition, .locative])
        else { return nil }
        place = before - 1
      } else {
        let token = text.tokens[place]
        guard !isStrict,
          token.kind == .comma || !token.classes.isDisjoint(with: Self.betweenSubjectAndVerb)
            || Self.qualifiers.contains(token.hash)
        else { return nil }
        place -= 1
      }
      passed += 1
    }
    return nil
  }

  /// The mention that a slot right of `place` binds: over articles, a few adjectives, and "the city of".
  private func mentionRight(of place: Int, _ types: EntityTypes, _ sentence: Range<Int>, _ isStrict: Bool) -> Int? {
    var place = place
    var adjectives = 0
    for _ in 0..<6 {
      guard place < sentence.upperBound else { return nil }
      let index = Int(beginning[place])
      if index >= 0 { return fits(index, types) ? index : nil }
      let token = text.tokens[place]
      guard !isStrict, token.kind == .word else { return nil }
      if token.classes.contains(.placeNoun), place + 1 < sentence.upperBound, text.isWord(place + 1, "of") {
        place += 2
      } else if !token.classes.isDisjoint(with: [.determiner, .adverb, .role, .title, .possessivePronoun]) {
        place += 1
      } else if token.classes.isDisjoint(with: .closed), !token.shape.contains(.capital), adjectives < 2 {
        adjectives += 1
        place += 1
      } else {
        return nil
      }
    }
    return nil
  }

  /// A noun phrase in lower case that is no name: "green tea". At most four words; ends before a date or a closed word.
  private func concept(at place: Int, _ sentence: Range<Int>) -> Range<Int>? {
    var start = place
    while start < sentence.upperBound, !text.tokens[start].classes.isDisjoint(with: [.determiner, .possessivePronoun]) {
      start += 1
    }
    var end = start
    while end < sentence.upperBound, end - start < 4, beginning[end] < 0 {
      let token = text.tokens[end]
      guard token.kind == .word, token.letters > 1, !token.shape.contains(.capital),
        token.classes.isDisjoint(with: WordClass.closed.union([.relativeTime, .timeUnit, .weekday, .season]))
      else { break }
      end += 1
    }
    return end > start ? start..<end : nil
  }

  private mutating func addConcept(_ tokens: Range<Int>) -> Int {
    let hash = text.hash(tokens)
    let same = mentions.firstIndex { $0.type == .concept && !$0.isPronoun && text.hash($0.tokens) == hash }
    var mention = Mention(tokens, .concept, 0.7)
    mention.canonical = same.map { mentions[$0].canonical } ?? mentions.count
    mentions.append(mention)
    isDecided.append(true)
    place(mentions.count - 1, tokens)
    return mentions.count - 1
  }

  // MARK: Types

  func canonical(_ index: Int) -> Int { mentions[index].canonical }

  private func fits(_ index: Int, _ types: EntityTypes) -> Bool {
    let mention = mentions[index]
    return types.contains(mention.type) || !isDecided[canonical(index)] && !types.isDisjoint(with: mention.possible)
  }

  /// Lets a relation choose the type of a mention whose type was open.
  private mutating func decide(_ index: Int, _ types: EntityTypes) -> Bool {
    let root = canonical(index)
    if !types.contains(mentions[index].type) {
      guard !isDecided[root], let type = types.intersection(mentions[index].possible).first else { return false }
      for other in mentions.indices where mentions[other].canonical == root { mentions[other].type = type }
    }
    isDecided[root] = true
    return true
  }

  /// The mention, and those that are joined to it by commas and "and".
  private func alike(_ index: Int, to types: EntityTypes, _ sentence: Range<Int>) -> [Int] {
    var all = [index]
    var place = mentions[index].tokens.upperBound
    while all.count < 8, let next = joined(at: place, sentence), types.contains(mentions[next].type) {
      all.append(next)
      place = mentions[next].tokens.upperBound
    }
    place = mentions[index].tokens.lowerBound - 1
    while all.count < 8, let before = joinedBefore(place, sentence), types.contains(mentions[before].type) {
      all.append(before)
      place = mentions[before].tokens.lowerBound - 1
    }
    return all
  }

  private func joined(at place: Int, _ sentence: Range<Int>) -> Int? {
    var place = place
    var hasConjunction = false
    while place < sentence.upperBound, text.tokens[place].kind == .comma || text.isWord(place, "and") {
      if text.tokens[place].kind == .word { hasConjunction = true }
      place += 1
    }
    guard hasConjunction, place < sentence.upperBound, beginning[place] >= 0 else { return nil }
    let index = Int(beginning[place])
    // "visited Paris and Anna slept": what goes on with a verb begins a clause of its own.
    let after = mentions[index].tokens.upperBound
    if after < sentence.upperBound, text.tokens[after].kind == .word,
      text.tokens[after].classes.isDisjoint(with: [.preposition, .locative, .conjunction])
    {
      return nil
    }
    return index
  }

  private func joinedBefore(_ place: Int, _ sentence: Range<Int>) -> Int? {
    var place = place
    var hasConjunction = false
    while place >= sentence.lowerBound, text.tokens[place].kind == .comma || text.isWord(place, "and") {
      if text.tokens[place].kind == .word { hasConjunction = true }
      place -= 1
    }
    guard hasConjunction, place >= sentence.lowerBound, ending[place] >= 0 else { return nil }
    return Int(ending[place])
  }
}
