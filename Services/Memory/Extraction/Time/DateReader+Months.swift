extension DateReader {
  /// From 1, for a word of the month class.
  func monthNumber(_ index: Int) -> Int? {
    guard text.tokens[index].classes.contains(.month) else { return nil }
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let folded = text.folded(index)
    return names.firstIndex { folded.starts(with: $0.utf8) }.map { $0 + 1 }
  }

  /// "4 May 2019", "the 4th of May".
  func dayAndMonth(_ index: Int, _ limit: Int) -> Reading? {
    guard let day = integer(index, ordinal: true), (1...31).contains(day) else { return nil }
    var next = index + 1
    if next < limit, text.isWord(next, "of") { next += 1 }
    guard next < limit, text.tokens[next].shape.contains(.capital), let month = monthNumber(next) else { return nil }
    return withYear(month, day, end: next + 1, limit)
  }

  /// "May 4, 2019", "May 2019", "in May".
  func month(_ index: Int, _ limit: Int) -> Reading? {
    guard text.tokens[index].shape.contains(.capital), let month = monthNumber(index) else { return nil }
    if index + 1 < limit {
      if let day = integer(index + 1, ordinal: true), (1...31).contains(day) {
        return withYear(month, day, end: index + 2, limit)
      }
      let yearIndex = text.tokens[index + 1].kind == .comma || text.isWord(index + 1, "of") ? index + 2 : index + 1
      if yearIndex < limit, let year = fullYear(yearIndex) {
        return Reading(end: yearIndex + 1, interval: Self.month(year, month))
      }
    }
    // "May" and "March" are also ordinary words and names: alone they need a word before them that fits a month.
    let token = text.tokens[index]
    if token.classes.contains(.ambiguousMonth) || token.letters <= 3 {
      let words: [StaticString] = [
        "in", "since", "until", "by", "during", "early", "late", "of", "this", "last", "next",
      ]
      guard index > 0, words.contains(where: { text.isWord(index - 1, $0) }) else { return nil }
    }
    return Reading(end: index + 1, interval: latest { Self.month($0, month) })
  }

  private func withYear(_ month: Int, _ day: Int, end: Int, _ limit: Int) -> Reading? {
    var yearIndex = end
    if yearIndex < limit, text.tokens[yearIndex].kind == .comma { yearIndex += 1 }
    if yearIndex < limit, let year = fullYear(yearIndex) {
      let date = CalendarDay(year, month, day)
      return Reading(end: yearIndex + 1, interval: date.isReal ? Self.day(date.number) : nil)
    }
    let interval = latest { year in
      let date = CalendarDay(year, month, day)
      return date.isReal ? Self.day(date.number) : nil
    }
    return Reading(end: end, interval: interval)
  }

  func fullYear(_ index: Int) -> Int? {
    guard text.tokens[index].foldEnd - text.tokens[index].foldStart == 4, let year = integer(index),
      (1000...2150).contains(year)
    else { return nil }
    return year
  }

  /// The latest of a thing that comes every year which has begun: a text tells of the past unless it says otherwise.
  func latest(complete: Bool = false, _ interval: (Int) -> TimeInterval?) -> TimeInterval? {
    guard let today else { return nil }
    let year = CalendarDay(number: today).year
    for candidate in [year, year - 1, year - 2] {
      guard let found = interval(candidate), let from = found.from, let to = found.to else { continue }
      if complete ? to <= today : from <= today { return found }
    }
    return nil
  }

  /// "summer of 2019", "spring 2020", and after "in" alone.
  func season(_ index: Int, _ limit: Int) -> Reading? {
    var yearIndex = index + 1
    if yearIndex < limit, text.isWord(yearIndex, "of") { yearIndex += 1 }
    guard let first = seasonMonth(index), yearIndex < limit, let year = fullYear(yearIndex) else { return nil }
    return Reading(end: yearIndex + 1, interval: Self.month(year, first, count: 3))
  }

  /// The month in which a season begins in the northern hemisphere; winter belongs to the year in which it begins.
  func seasonMonth(_ index: Int) -> Int? {
    guard text.tokens[index].classes.contains(.season) else { return nil }
    switch text.folded(index).first {
    case UInt8(ascii: "w"): return 12
    case UInt8(ascii: "a"), UInt8(ascii: "f"): return 9
    default: return text.isWord(index, "summer") ? 6 : 3
    }
  }
}
