/// Reads expressions of time at a token: "4 May 2019", "2019-05-04", "last summer", "two weeks ago", "the 1990s".
struct DateReader {
  struct Reading {
    /// The token after the expression.
    var end: Int
    var interval: TimeInterval?
  }

  let text: TokenizedText
  /// The day that relative expressions count from.
  let today: Int?

  /// - Parameter limit: The end of the sentence.
  func date(at index: Int, before limit: Int) -> Reading? {
    let token = text.tokens[index]
    if let reading = quarter(index, limit) { return reading }
    if token.kind == .number || token.shape.contains(.hasDigit) {
      return numericDate(index, limit) ?? dayAndMonth(index, limit) ?? ago(index, limit) ?? century(index, limit)
        ?? year(index)
    }
    guard token.kind == .word, !token.classes.isDisjoint(with: Self.starts) else { return nil }
    if token.classes.contains(.month), let reading = month(index, limit) { return reading }
    if token.classes.contains(.season), let reading = season(index, limit) { return reading }
    if token.classes.contains(.relativeTime), let reading = relative(index, limit) { return reading }
    if token.classes.contains(.number), let reading = ago(index, limit) { return reading }
    if token.classes.contains(.weekday), token.shape.contains(.capital), token.letters > 3 { return weekday(index) }
    return nil
  }

  private static let starts: WordClass = [.month, .season, .relativeTime, .number, .weekday]

  // MARK: Numbers

  /// The value of a token of up to nine ASCII digits, with an ordinal ending when that is allowed.
  func integer(_ index: Int, ordinal: Bool = false) -> Int? {
    let folded = text.folded(index)
    var value = 0
    var digits = 0
    for byte in folded {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 9 else { break }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      digits += 1
    }
    guard digits > 0 else { return nil }
    let rest = folded.dropFirst(digits)
    if rest.isEmpty { return value }
    guard ordinal, rest.count == 2 else { return nil }
    return ["st", "nd", "rd", "th"].contains { rest.elementsEqual($0.utf8) } ? value : nil
  }

  /// 2019-05-04, 2019/05/04, 04.05.2019, 2010-2015; parts in an order that cannot be told have no interval.
  private func numericDate(_ index: Int, _ limit: Int) -> Reading? {
    let folded = text.folded(index)
    var parts: [Int] = []
    var lengths: [Int] = []
    var value = 0
    var length = 0
    for byte in folded.prefix(11) + [0] {
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
        length += 1
        continue
      }
      guard length > 0, length <= 4 else { return nil }
      parts.append(value)
      lengths.append(length)
      value = 0
      length = 0
      if byte == UInt8(ascii: "t") || parts.count == 3 { break }
      guard byte == 0 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
      else { return nil }
    }
    if parts.count == 2, lengths == [4, 4], parts[0] <= parts[1] {
      return Reading(end: index + 1, interval: Self.years(parts[0], parts[1] + 1))
    }
    guard parts.count == 3 else { return nil }
    if lengths[0] == 4 {
      let day = CalendarDay(parts[0], parts[1], parts[2])
      return day.isReal ? Reading(end: index + 1, interval: Self.day(day.number)) : nil
    }
    guard lengths[2] == 4 else { return nil }
    let dayFirst = CalendarDay(parts[2], parts[1], parts[0])
    let monthFirst = CalendarDay(parts[2], parts[0], parts[1])
    switch (dayFirst.isReal, monthFirst.isReal) {
    case (true, false): return Reading(end: index + 1, interval: Self.day(dayFirst.number))
    case (false, true): return Reading(end: index + 1, interval: Self.day(monthFirst.number))
    case (true, true):
      return Reading(end: index + 1, interval: dayFirst == monthFirst ? Self.day(dayFirst.number) : nil)
    case (false, false): return nil
    }
  }

  /// A year that stands alone: the words around it say that it is one.
  private func year(_ index: Int) -> Reading? {
    let folded = text.folded(index)
    if folded.count == 5, folded.last == UInt8(ascii: "s"), let first = decade(folded.dropLast()) {
      return Reading(end: index + 1, interval: Self.years(first, first + 10))
    }
    guard folded.count == 4, let year = integer(index), (1000...2150).contains(year), isYear(index) else {
      return nil
    }
    return Reading(end: index + 1, interval: Self.years(year, year + 1))
  }

  private func decade(_ digits: ArraySlice<UInt8>) -> Int? {
    guard let year = Int(String(decoding: digits, as: UTF8.self)), year % 10 == 0, year >= 1000 else { return nil }
    return year
  }

  private func isYear(_ index: Int) -> Bool {
    if index + 1 < text.tokens.count {
      let next = text.tokens[index + 1]
      if !next.classes.isDisjoint(with: [.currency, .scale]) { return false }
    }
    guard index > 0 else { return index + 1 < text.tokens.count && text.tokens[index + 1].kind == .comma }
    let before = text.tokens[index - 1]
    switch before.kind {
    case .open, .comma, .symbol: return true
    case .word:
      let words: [StaticString] = [
        "in", "since", "by", "until", "till", "from", "of", "between", "and", "to", "during", "before", "after",
        "early",
        "late", "mid", "circa", "around", "about", "year", "through", "born", "ca", "for",
      ]
      return words.contains { text.isWord(index - 1, $0) } || before.classes.contains(.season)
    default: return false
    }
  }

  private func century(_ index: Int, _ limit: Int) -> Reading? {
    guard index + 1 < limit, let ordinal = integer(index, ordinal: true), (1...30).contains(ordinal),
      text.isWord(index + 1, "century")
    else { return nil }
    return Reading(end: index + 2, interval: Self.years((ordinal - 1) * 100, ordinal * 100))
  }

  static func day(_ number: Int) -> TimeInterval { TimeInterval(from: number, to: number + 1) }

  static func years(_ from: Int, _ to: Int) -> TimeInterval {
    TimeInterval(from: CalendarDay(from).number, to: CalendarDay(to).number)
  }

  static func month(_ year: Int, _ month: Int, count: Int = 1) -> TimeInterval {
    TimeInterval(from: CalendarDay(year, month).number, to: CalendarDay(year, month + count).number)
  }
}
