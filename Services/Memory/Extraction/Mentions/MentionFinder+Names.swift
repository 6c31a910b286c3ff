extension MentionFinder {
  /// Longer runs of capitals are shouting or headlines, not names.
  private static let longestName = 10

  /// Reads the name that begins at a token, if one does; the token to go on at.
  mutating func readName(_ index: Int, _ sentence: Range<Int>, _ style: SentenceStyle) -> Int {
    if let listed = listedName(index, sentence.upperBound), style != .allCapitals || isName(listed, sentence, style) {
      if style == .allCapitals || !extends(listed.upperBound, sentence) {
        addName(listed, sentence, style)
        return listed.upperBound
      }
    }
    guard canBegin(index, sentence, style) else { return index + 1 }
    let end = style == .allCapitals ? endOfListedRun(index, sentence) : endOfRun(index, sentence)
    var start = index
    // Titles and parts stand before a name, not in it; what is left of the run is the name.
    while start < end, isPrefix(start, end) { start += 1 }
    var part = start
    while part < end {
      let split = endOfPart(part, end)
      let name = trimmed(part..<split)
      if !name.isEmpty, isName(name, sentence, style) { addName(name, sentence, style) }
      part = split
      while part < end, isPrefix(part, end) { part += 1 }
    }
    return end
  }

  /// Among capitals alone, a name goes on as long as the lists know its words as names.
  private func endOfListedRun(_ index: Int, _ sentence: Range<Int>) -> Int {
    var end = index + 1
    while end < sentence.upperBound, isNameWord(end), !text.tokens[end].listed.isDisjoint(with: .name),
      !text.tokens[end].listed.contains(.commonWord)
    {
      end += 1
    }
    return end
  }

  /// The longest listed name of two words or more that begins at a token.
  private func listedName(_ index: Int, _ limit: Int) -> Range<Int>? {
    let token = text.tokens[index]
    guard token.listedWords > 1 else { return nil }
    var end = min(limit, index + Int(token.listedWords))
    while end > index + 1 {
      if text.tokens[end - 1].shape.contains(.capital), let kinds = kinds(of: index..<end),
        !kinds.isDisjoint(with: .name)
      {
        return index..<end
      }
      end -= 1
    }
    return nil
  }

  /// What the lists say of some words together.
  func kinds(of range: Range<Int>) -> NameKind? {
    if range.count == 1 { return text.tokens[range.lowerBound].listed }
    let from = text.tokens[range.lowerBound].foldStart
    let to = text.tokens[range.upperBound - 1].foldEnd
    guard range.count <= NameListWriter.mostWords, to - from <= NameListWriter.longestKey else { return nil }
    return lists.entry(hash: text.hash(range), of: from..<to, in: text.folded)?.kinds
  }

  /// Whether the name goes on at a token that follows it.
  private func extends(_ index: Int, _ sentence: Range<Int>) -> Bool {
    index < sentence.upperBound && isNameWord(index)
  }

  /// Whether a token may be a word of a name: it has a capital, or belongs to a script that has none.
  func isNameWord(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.kind == .word || token.kind == .number else { return false }
    guard !token.shape.isDisjoint(with: [.capital, .innerCapital]) || token.classes.contains(.productHead) else {
      return token.shape.contains(.caseless) && token.letters <= 8 && index > 0
        && !text.tokens[index - 1].shape.contains(.caseless) && text.tokens[index - 1].kind == .word
    }
    if !token.classes.isDisjoint(with: .closed) {
      // US and WHO are names in capitals alone; other closed words never are.
      return token.shape.contains(.allCapitals) && (text.isWord(index, "us") || text.isWord(index, "who"))
        || token.shape.contains(.dotted) && token.letters == 1 && !text.isWord(index, "i")
    }
    return token.classes.isDisjoint(with: [.neverName, .weekday])
      && (!token.classes.contains(.month) || token.classes.contains(.ambiguousMonth) && token.letters > 3
        || isGivenNameBeforeParticle(index))
  }

  /// "Jan" is a month, and a name in "Jan van der Berg".
  private func isGivenNameBeforeParticle(_ index: Int) -> Bool {
    text.tokens[index].listed.contains(.givenName) && index + 1 < text.tokens.count
      && text.tokens[index + 1].classes.contains(.particle)
  }

  private func canBegin(_ index: Int, _ sentence: Range<Int>, _ style: SentenceStyle) -> Bool {
    if isNameWord(index) { return style != .allCapitals || text.tokens[index].listed.rawValue != 0 }
    // "van der Berg", "bin Salman": a particle before a name.
    let token = text.tokens[index]
    return token.classes.contains(.particle) && token.letters > 2 && index + 1 < sentence.upperBound
      && !token.shape.contains(.capital) && !text.isWord(index, "della") && !text.isWord(index, "ten")
      && text.tokens[index + 1].kind == .word && isNameWord(index + 1)
  }

  /// The end of the run of name words from a token, particles and the like between them included.
  private func endOfRun(_ start: Int, _ sentence: Range<Int>) -> Int {
    var end = start + 1
    let limit = min(sentence.upperBound, start + 4 * Self.longestName)
    while end < limit {
      if text.tokens[end].lineBreaks > 1 { break }
      if isNameWord(end), !startsListedElsewhere(end) {
        end += 1
      } else if let after = joiner(end, from: start, limit) {
        end = after
      } else {
        break
      }
    }
    return end
  }

  /// "in Paris Monday" and the like never reach here; a capital after a comma is another name.
  private func startsListedElsewhere(_ index: Int) -> Bool {
    text.tokens[index].kind == .number
  }

  /// The end of what joins a name to its next word at a token: particles, "of the", "&", ", Inc.", a number.
  private func joiner(_ index: Int, from start: Int, _ limit: Int) -> Int? {
    let token = text.tokens[index]
    let before = text.tokens[index - 1]
    func isNext(_ offset: Int) -> Bool { index + offset < limit && isNameWord(index + offset) }
    switch token.kind {
    case .comma where index + 1 < limit:
      let next = text.tokens[index + 1]
      let companies: [StaticString] = ["inc", "ltd", "llc", "corp", "plc"]
      if next.shape.contains(.capital), companies.contains(where: { text.isWord(index + 1, $0) }) { return index + 2 }
      return text.isWord(index + 1, "jr") || text.isWord(index + 1, "sr") ? index + 2 : nil
    case .symbol where token.end - token.start == 1 && text.bytes[token.start] == UInt8(ascii: "&") && isNext(1):
      return index + 2
    case .number where token.letters <= 4 && token.end - token.start == Int(token.letters):
      let heads: WordClass = [.productHead, .eventHead]
      let named = before.classes.isDisjoint(with: heads) == false || before.shape.contains(.innerCapital)
      return named || text.isWord(index - 1, "boeing") || text.isWord(index - 1, "airbus")
        || text.isWord(index - 1, "formula") || text.isWord(index - 1, "version") ? index + 1 : nil
    case .word:
      guard !token.shape.contains(.capital) else { return nil }
      if token.classes.contains(.particle) {
        var next = index + 1
        while next < limit, next - index < 3, text.tokens[next].classes.contains(.particle),
          !text.tokens[next].shape.contains(.capital)
        {
          next += 1
        }
        return next < limit && isNameWord(next) && text.tokens[next].kind == .word ? next + 1 : nil
      }
      guard text.isWord(index, "of") || text.isWord(index, "for") || text.isWord(index, "and") else { return nil }
      return phraseJoiner(index, from: start, limit)
    default: return nil
    }
  }

  /// "University of X", "Ministry of the Interior", "Centre for X", "Food and Drug Administration".
  private func phraseJoiner(_ index: Int, from start: Int, _ limit: Int) -> Int? {
    var next = index + 1
    if next < limit, text.isWord(next, "the"), !text.isWord(index, "and") { next += 1 }
    guard next < limit, isNameWord(next), text.tokens[next].kind == .word else { return nil }
    let head = text.tokens[index - 1].classes
    if text.isWord(index, "of") {
      if !head.isDisjoint(with: .heads) { return next + 1 }
      return kinds(of: start..<next + 1).map { $0.isDisjoint(with: .name) ? nil : next + 1 } ?? nil
    }
    if text.isWord(index, "for") { return head.contains(.organizationHead) ? next + 1 : nil }
    // "and" joins one name only when its end makes it an organisation and neither side is a name by itself.
    guard text.tokens[start].listed.isDisjoint(with: .person), index - start <= 2 else { return nil }
    let last = next + 1 < limit && isNameWord(next + 1) ? next + 1 : next
    return last > next && text.tokens[last].classes.contains(.organizationHead)
      && text.tokens[last].listed.isDisjoint(with: .givenName) ? last + 1 : nil
  }

  /// Whether the word at the front of a run only introduces the name.
  private func isPrefix(_ index: Int, _ end: Int) -> Bool {
    let token = text.tokens[index]
    if token.classes.contains(.title) && !(token.classes.contains(.particle)) {
      return index + 1 < end || token.shape.contains(.dotted)
    }
    if token.classes.contains(.role) {
      // Burger King is no king, nor is Stephen King; General Motors is a company.
      if index + 1 < end, let kinds = kinds(of: index..<min(end, index + 2)), kinds.contains(.company) { return false }
      if index + 1 < end, !text.tokens[index + 1].classes.isDisjoint(with: .heads) { return false }
      return true
    }
    guard token.classes.contains(.demonym) else { return false }
    if index + 1 == end { return true }
    // "British Airways" is a name, "German Chancellor Merkel" and "Indian John" begin after the first word.
    let last = text.tokens[end - 1]
    if !last.classes.isDisjoint(with: [.organizationHead, .organizationSuffix, .placeHead, .eventHead]) {
      return false
    }
    if last.listed.contains(.endsOrganization) { return false }
    let next = text.tokens[index + 1]
    return !next.classes.isDisjoint(with: [.role, .title, .demonym]) || !next.listed.isDisjoint(with: .person)
  }

  /// Where the name from `start` ends within its run: before a role that introduces another name.
  private func endOfPart(_ start: Int, _ end: Int) -> Int {
    var index = start + 1
    while index < end {
      let classes = text.tokens[index].classes
      if !classes.isDisjoint(with: [.role, .title]), !classes.contains(.particle), index + 1 < end,
        text.tokens[index].kind == .word, text.tokens[index + 1].kind == .word,
        text.tokens[index].listed.isDisjoint(with: .givenName), !isInsideHead(index, end)
      {
        return index
      }
      index += 1
    }
    return end
  }

  /// "Office of the Prime Minister", "Chicago Police Officer Association": the role belongs to an organisation.
  private func isInsideHead(_ index: Int, _ end: Int) -> Bool {
    text.isWord(index - 1, "of") || text.isWord(index - 1, "the")
      || !text.tokens[end - 1].classes.isDisjoint(with: [.organizationHead, .organizationSuffix])
  }

  /// The name without a role at its end ("Acme CEO"), unless it reads as a surname.
  private func trimmed(_ name: Range<Int>) -> Range<Int> {
    var end = name.upperBound
    while end > name.lowerBound + 1 {
      let token = text.tokens[end - 1]
      let given = text.tokens[name.lowerBound].listed.contains(.givenName)
      guard token.kind == .word, token.classes.contains(.role), !(given && token.listed.contains(.surname)),
        kinds(of: name.lowerBound..<end).map({ $0.isDisjoint(with: .name) }) ?? true
      else { break }
      end -= 1
    }
    return name.lowerBound..<end
  }

  /// Whether the capitals of a run are enough to call it a name where it stands.
  private func isName(_ name: Range<Int>, _ sentence: Range<Int>, _ style: SentenceStyle) -> Bool {
    guard name.count <= Self.longestName else { return false }
    let first = text.tokens[name.lowerBound]
    if name.count == 1, first.letters < 2, !first.shape.contains(.caseless) { return false }
    let listed = kinds(of: name) ?? []
    let common = listed.contains(.commonWord)
    switch style {
    case .allCapitals: return !listed.isDisjoint(with: .name) && !common
    case .title:
      if name.count == 1 { return !common && looksLikeName(name.lowerBound) }
    case .ordinary: break
    }
    if !first.classes.isDisjoint(with: .heads), name.count == 1 { return false }
    if name.count == 1, first.classes.contains(.ambiguousMonth) {
      return !listed.isDisjoint(with: .givenName) && !common
    }
    guard isOpening(name.lowerBound, sentence) else {
      return name.count > 1 || !common || !listed.isDisjoint(with: .name)
    }
    if name.count > 1 {
      // "Climate Change is", but also "Apple Watch": a second capital is evidence enough unless it stands alone.
      return true
    }
    if first.shape.contains(.allCapitals) && first.letters > 1 { return true }
    if common { return isRepeated(name.lowerBound) }
    return looksLikeName(name.lowerBound)
  }

  /// Whether a word that begins its sentence looks like a name by itself.
  private func looksLikeName(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if !token.listed.isDisjoint(with: .name) || token.shape.contains(.innerCapital) { return true }
    if token.shape.contains(.caseless) { return true }
    let folded = text.folded(index)
    let endings = ["ing", "ed", "ly", "tion", "ness", "ment", "ies", "ous", "ful", "able", "n't", "ers", "ings"]
    return folded.count > 2
      && !endings.contains { folded.count > $0.utf8.count + 1 && folded.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  /// Whether the capital may be owed to the place: the start of a sentence, a quotation or a list item.
  private func isOpening(_ index: Int, _ sentence: Range<Int>) -> Bool {
    guard index > sentence.lowerBound else { return true }
    switch text.tokens[index - 1].kind {
    case .quote, .open, .stop: return true
    case .symbol:
      return index - 1 == sentence.lowerBound || text.bytes[text.tokens[index - 1].start] == UInt8(ascii: ":")
    case .number: return index - 1 == sentence.lowerBound
    default: return false
    }
  }

  /// Whether the word was already taken for a name.
  private func isRepeated(_ index: Int) -> Bool {
    mentions.suffix(32).contains {
      $0.tokens.count == 1 && text.tokens[$0.tokens.lowerBound].hash == text.tokens[index].hash
    }
  }

  private mutating func addName(_ name: Range<Int>, _ sentence: Range<Int>, _ style: SentenceStyle) {
    add(Mention(name, .person, 0), evidence(for: name, sentence, style))
  }
}
