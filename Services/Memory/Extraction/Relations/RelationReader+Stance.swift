extension RelationReader {
  private static let hedges = WordSet(
    """
    reportedly allegedly supposedly apparently perhaps maybe probably possibly presumably rumored rumoured rumor rumour
    rumors rumours alleged unconfirmed claims claimed claim believed thought suspected guess suspect speculation
    """)
  private static let denials = WordSet(
    "doubt doubts doubted denies denied deny denying false untrue wrongly falsely myth")
  private static let reporting = WordSet(
    "that think thinks thought believe believes believed say said says claim claimed true")
  private static let past = WordSet("former formerly ex previously onetime one-time")
  private static let unreal = WordSet(
    "almost nearly wish wishes wished imagine pretend pretended pretends dream dreamed dreams")

  /// How the sentence stands to the statement that the tokens make.
  func stance(_ statement: Range<Int>, _ sentence: Range<Int>) -> Stance {
    if isQuestion(sentence) { return .denied }
    var result = Stance.stated
    var index = max(sentence.lowerBound, statement.lowerBound)
    while index < statement.upperBound {
      let token = text.tokens[index]
      defer { index += 1 }
      guard token.kind == .word, mention(covering: index) == nil else { continue }
      if text.isWord(index, "no"), index + 1 < sentence.upperBound, text.isWord(index + 1, "longer") {
        result = .ended
        index += 1
      } else if text.isWord(index, "used"), index + 1 < sentence.upperBound, text.isWord(index + 1, "to") {
        result = .ended
        index += 1
      } else if text.isWord(index, "not"), index + 1 < sentence.upperBound, text.isWord(index + 1, "only") {
        index += 1
      } else if !token.classes.isDisjoint(with: [.negation, .modal, .intention]) {
        guard token.classes.contains(.negation), isAnyMore(after: statement.upperBound, sentence) else {
          return .denied
        }
        result = .ended
      } else if Self.denials.contains(token.hash) || Self.unreal.contains(token.hash) {
        return .denied
      } else if Self.past.contains(token.hash) {
        result = .ended
      } else if Self.hedges.contains(token.hash), result == .stated {
        result = .hedged
      }
    }
    return before(statement, sentence, result)
  }

  /// What stands before the statement and reaches over it: "if", "it is rumoured that", "nobody believes that".
  private func before(_ statement: Range<Int>, _ sentence: Range<Int>, _ stance: Stance) -> Stance {
    var stance = stance
    var isNegated = false
    guard statement.lowerBound > sentence.lowerBound else { return stance }
    for index in max(sentence.lowerBound, statement.lowerBound - 40)..<statement.lowerBound {
      let token = text.tokens[index]
      guard token.kind == .word else { continue }
      // Also at the start of a sentence, where it may have been taken for a name.
      if Self.hedges.contains(token.hash), stance == .stated { stance = .hedged }
      guard mention(covering: index) == nil else { continue }
      if token.classes.contains(.condition) || Self.denials.contains(token.hash) || text.isWord(index, "wish") {
        return .denied
      }
      if token.classes.contains(.negation) { isNegated = true }
      if isNegated, Self.reporting.contains(token.hash) { return .denied }
    }
    return stance
  }

  /// "not ... any more", "not ... anymore".
  private func isAnyMore(after end: Int, _ sentence: Range<Int>) -> Bool {
    for index in end..<max(end, min(sentence.upperBound, end + 4)) {
      if text.isWord(index, "anymore") { return true }
      if text.isWord(index, "any"), index + 1 < sentence.upperBound, text.isWord(index + 1, "more") { return true }
    }
    return false
  }

  private func isQuestion(_ sentence: Range<Int>) -> Bool {
    for index in stride(
      from: sentence.upperBound - 1, through: max(sentence.lowerBound, sentence.upperBound - 3), by: -1)
    {
      let token = text.tokens[index]
      if token.kind == .stop { return text.bytes[token.start] == UInt8(ascii: "?") }
      guard token.kind == .quote || token.kind == .close else { return false }
    }
    return false
  }

  func isFuture(_ statement: Range<Int>) -> Bool {
    statement.contains { text.tokens[$0].classes.contains(.future) && mention(covering: $0) == nil }
  }

  // MARK: When it holds

  /// How many tokens away a date may stand.
  private static let reachOfDates = 12

  /// When the statement holds: by the nearest date of its sentence, by a length of time that goes on, or by its end.
  func interval(
    for time: RelationKind.Time, _ stance: Stance, _ statement: Range<Int>, _ sentence: Range<Int>, except taken: [Int]
  ) -> TimeInterval? {
    guard time != .lasting else { return nil }
    var found = dated(time, statement, sentence, except: taken) ?? lasting(statement, sentence)
    if stance == .ended, time != .event, let today {
      // "no longer since May" ended then; otherwise it has ended by now.
      if isAfter("since", statement, sentence), let from = found?.from {
        found = TimeInterval(to: from)
      } else if found?.to == nil {
        found = TimeInterval(from: found?.from, to: today)
      }
    }
    return found
  }

  private func isAfter(_ word: StaticString, _ statement: Range<Int>, _ sentence: Range<Int>) -> Bool {
    (statement.upperBound..<max(statement.upperBound, min(sentence.upperBound, statement.upperBound + 3)))
      .contains { text.isWord($0, word) }
  }

  private func dated(
    _ time: RelationKind.Time, _ statement: Range<Int>, _ sentence: Range<Int>, except taken: [Int]
  ) -> TimeInterval? {
    guard let index = nearestDate(statement, sentence, except: taken), let date = mentions[index].interval else {
      return nil
    }
    let before = mentions[index].tokens.lowerBound - 1
    func follows(_ words: StaticString...) -> Bool {
      before >= sentence.lowerBound && words.contains { text.isWord(before, $0) }
    }
    if let range = span(index, date, sentence) { return range }
    if follows("since", "from", "starting", "beginning") { return TimeInterval(from: date.from) }
    if follows("until", "till", "through", "before") { return TimeInterval(to: date.from) }
    if follows("after") { return TimeInterval(from: date.to) }
    return time == .begins ? TimeInterval(from: date.from) : date
  }

  private func nearestDate(_ statement: Range<Int>, _ sentence: Range<Int>, except taken: [Int]) -> Int? {
    var nearest: (distance: Int, index: Int)?
    let low = max(sentence.lowerBound, statement.lowerBound - Self.reachOfDates - 8)
    let high = min(sentence.upperBound, statement.upperBound + Self.reachOfDates + 1)
    for token in low..<high {
      let index = mention(beginningAt: token)
      guard index >= 0, mentions[index].type == .date, !taken.contains(index), mentions[index].interval != nil else {
        continue
      }
      let tokens = mentions[index].tokens
      let distance = max(
        0,
        tokens.lowerBound >= statement.upperBound
          ? tokens.lowerBound - statement.upperBound : statement.lowerBound - tokens.upperBound)
      // Of two that are as near the later one is meant: a date follows what it dates more often than not.
      if distance <= Self.reachOfDates, nearest.map({ distance <= $0.distance }) ?? true { nearest = (distance, index) }
    }
    // "from 2010 to 2015": the first of the two stands for both.
    if let index = nearest?.index, let first = opening(index, sentence) { return first }
    return nearest?.index
  }

  private static let joins = WordSet("to until till and through")

  /// The first date of "from 2010 to 2015" for its second.
  private func opening(_ index: Int, _ sentence: Range<Int>) -> Int? {
    let join = mentions[index].tokens.lowerBound - 1
    guard join > sentence.lowerBound, isJoin(join) else { return nil }
    let first = mention(endingAt: join - 1)
    guard first >= 0, let date = mentions[first].interval, span(first, date, sentence) != nil else { return nil }
    return first
  }

  private func isJoin(_ token: Int) -> Bool {
    if Self.joins.contains(text.tokens[token].hash) { return true }
    guard text.tokens[token].kind == .symbol else { return false }
    return text.bytes[text.tokens[token].start] == UInt8(ascii: "-") || text.bytes[text.tokens[token].start] == 0xE2
  }

  /// "from 2010 to 2015", "between May and July", "2010 - 2015".
  private func span(_ index: Int, _ date: TimeInterval, _ sentence: Range<Int>) -> TimeInterval? {
    let join = mentions[index].tokens.upperBound
    guard join + 1 < sentence.upperBound, isJoin(join) else { return nil }
    let before = mentions[index].tokens.lowerBound - 1
    let opens = before >= sentence.lowerBound && (text.isWord(before, "from") || text.isWord(before, "between"))
    if text.isWord(join, "and"), !(before >= sentence.lowerBound && text.isWord(before, "between")) { return nil }
    if text.isWord(join, "to"), !opens { return nil }
    let second = mention(beginningAt: join + 1)
    guard second >= 0, mentions[second].type == .date, let end = mentions[second].interval?.to, let from = date.from,
      end > from
    else { return nil }
    return TimeInterval(from: from, to: end)
  }

  /// "has worked there for three years": from three years ago on.
  private func lasting(_ statement: Range<Int>, _ sentence: Range<Int>) -> TimeInterval? {
    guard let today else { return nil }
    let goesOn = statement.contains {
      mention(covering: $0) == nil
        && (text.isWord($0, "has") || text.isWord($0, "have") || text.isWord($0, "been") || text.isWord($0, "'ve"))
    }
    guard goesOn else { return nil }
    let dates = DateReader(text: text, today: today)
    for index in statement.upperBound..<max(statement.upperBound, min(sentence.upperBound, statement.upperBound + 6))
    where text.isWord(index, "for") || text.isWord(index, "past") || text.isWord(index, "last") {
      if let start = dates.start(ofLengthAt: index + 1, sentence.upperBound) { return TimeInterval(from: start) }
    }
    return nil
  }
}
