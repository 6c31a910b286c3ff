extension DateReader {
  /// "yesterday", "last summer", "next week", "this year", "last Monday".
  func relative(_ index: Int, _ limit: Int) -> Reading? {
    if text.isWord(index, "yesterday") { return Reading(end: index + 1, interval: today.map { Self.day($0 - 1) }) }
    if text.isWord(index, "today") || text.isWord(index, "tonight") {
      return Reading(end: index + 1, interval: today.map { Self.day($0) })
    }
    if text.isWord(index, "tomorrow") { return Reading(end: index + 1, interval: today.map { Self.day($0 + 1) }) }
    guard index + 1 < limit else { return nil }
    let next = index + 1
    let step = text.isWord(index, "next") ? 1 : text.isWord(index, "this") ? 0 : -1
    let classes = text.tokens[next].classes
    if classes.contains(.timeUnit) { return unit(index, next, step) }
    if let first = seasonMonth(next) {
      return Reading(end: next + 1, interval: yearly(step) { Self.month($0, first, count: 3) })
    }
    if classes.contains(.month), text.tokens[next].shape.contains(.capital), let month = monthNumber(next) {
      return Reading(end: next + 1, interval: yearly(step) { Self.month($0, month) })
    }
    if classes.contains(.weekday), text.tokens[next].letters > 3 { return weekday(next, step) }
    return nil
  }

  private func yearly(_ step: Int, _ interval: (Int) -> TimeInterval) -> TimeInterval? {
    guard let today else { return nil }
    let year = CalendarDay(number: today).year
    switch step {
    case 0: return interval(year)
    case 1: return [year, year + 1].lazy.map(interval).first { ($0.from ?? 0) > today }
    default: return latest(complete: true, interval)
    }
  }

  private func unit(_ index: Int, _ unit: Int, _ step: Int) -> Reading? {
    let end = unit + 1
    guard let kind = unitKind(unit) else { return nil }
    guard let today else { return Reading(end: end, interval: nil) }
    let day = CalendarDay(number: today)
    switch kind {
    case .day, .partOfDay:
      // "this morning" and "last night", but "last day" is not a date.
      guard kind == .partOfDay || step == 1 else { return nil }
      return Reading(end: end, interval: Self.day(today + step))
    case .week:
      let monday = today - CalendarDay.weekday(today) + 7 * step
      return Reading(end: end, interval: TimeInterval(from: monday, to: monday + 7))
    case .weekend:
      let saturday = today - CalendarDay.weekday(today) + 5 + 7 * step
      return Reading(end: end, interval: TimeInterval(from: saturday, to: saturday + 2))
    case .month: return Reading(end: end, interval: Self.month(day.year, day.month + step))
    case .year: return Reading(end: end, interval: Self.years(day.year + step, day.year + step + 1))
    case .decade:
      let first = (day.year / 10 + step) * 10
      return Reading(end: end, interval: Self.years(first, first + 10))
    }
  }

  private enum Unit { case day, partOfDay, week, weekend, month, year, decade }

  private func unitKind(_ index: Int) -> Unit? {
    let words: [(StaticString, Unit)] = [
      ("day", .day), ("days", .day), ("week", .week), ("weeks", .week), ("weekend", .weekend), ("month", .month),
      ("months", .month), ("year", .year), ("years", .year), ("decade", .decade), ("decades", .decade),
      ("night", .partOfDay), ("morning", .partOfDay), ("afternoon", .partOfDay), ("evening", .partOfDay),
    ]
    return words.first { text.isWord(index, $0.0) }?.1
  }

  /// The weekday itself: the latest one, today included; `step` moves to the one before today or after it.
  func weekday(_ index: Int, _ step: Int = 0) -> Reading? {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let folded = text.folded(index)
    guard let wanted = names.firstIndex(where: { folded.starts(with: $0.utf8) }) else { return nil }
    guard let today else { return Reading(end: index + 1, interval: nil) }
    var back = (CalendarDay.weekday(today) - wanted + 7) % 7
    if step < 0, back == 0 { back = 7 }
    return Reading(end: index + 1, interval: Self.day(step > 0 ? today - back + 7 : today - back))
  }

  /// "two weeks ago", "3 years ago".
  func ago(_ index: Int, _ limit: Int) -> Reading? {
    guard index + 2 < limit, text.isWord(index + 2, "ago"), let count = count(index), let unit = unitKind(index + 1)
    else { return nil }
    guard let today, count <= 10_000 else { return Reading(end: index + 3, interval: nil) }
    let day = CalendarDay(number: today)
    switch unit {
    case .day, .partOfDay: return Reading(end: index + 3, interval: Self.day(today - count))
    case .week, .weekend:
      let monday = today - CalendarDay.weekday(today) - 7 * count
      return Reading(end: index + 3, interval: TimeInterval(from: monday, to: monday + 7))
    case .month: return Reading(end: index + 3, interval: Self.month(day.year, day.month - count))
    case .year: return Reading(end: index + 3, interval: Self.years(day.year - count, day.year - count + 1))
    case .decade:
      return Reading(end: index + 3, interval: Self.years(day.year - 10 * count, day.year - 10 * count + 10))
    }
  }

  /// The day on which a length of time that ends today began: "three years", "the past two months".
  func start(ofLengthAt index: Int, _ limit: Int) -> Int? {
    var index = index
    while index < limit, text.isWord(index, "the") || text.isWord(index, "past") || text.isWord(index, "last") {
      index += 1
    }
    guard let today, index + 1 < limit, let count = count(index), count <= 10_000, let unit = unitKind(index + 1) else {
      return nil
    }
    let day = CalendarDay(number: today)
    switch unit {
    case .day, .partOfDay: return today - count
    case .week, .weekend: return today - 7 * count
    case .month: return CalendarDay(day.year, day.month - count, day.day).number
    case .year: return CalendarDay(day.year - count, day.month, day.day).number
    case .decade: return CalendarDay(day.year - 10 * count, day.month, day.day).number
    }
  }

  /// "Q3 2024", "the third quarter of 2024".
  func quarter(_ index: Int, _ limit: Int) -> Reading? {
    let names: [(StaticString, StaticString)] = [("first", "q1"), ("second", "q2"), ("third", "q3"), ("fourth", "q4")]
    guard let number = names.firstIndex(where: { text.isWord(index, $0.0) || text.isWord(index, $0.1) }) else {
      return nil
    }
    var next = index + 1
    if text.isWord(index, names[number].0) {
      guard next < limit, text.isWord(next, "quarter") else { return nil }
      next += 1
    }
    if next < limit, text.isWord(next, "of") { next += 1 }
    guard next < limit, let year = fullYear(next) else { return nil }
    return Reading(end: next + 1, interval: Self.month(year, number * 3 + 1, count: 3))
  }

  private func count(_ index: Int) -> Int? {
    if let number = integer(index) { return number }
    let words: [StaticString] = ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    if text.isWord(index, "one") || text.isWord(index, "an") { return 1 }
    return words.firstIndex { text.isWord(index, $0) }.map { $0 + 1 }
  }
}
