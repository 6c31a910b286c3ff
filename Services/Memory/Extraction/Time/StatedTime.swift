/// The time that a few words of a text state, such as "since 2019", "last summer" or "from March 2018 to 2020".
///
/// For extractors that find such words by other means than the rules. A pure function of the words and the time.
public struct StatedTime: Sendable, Hashable {
  /// The first moment at which it holds: an RFC 3339 date-time in UTC; nil when it is open.
  public var from: String?
  /// The first moment at which it no longer holds; nil when it is open.
  public var to: String?

  /// - Parameters:
  ///   - words: The words as they stand in the text.
  ///   - time: When the text was written, in microseconds since 1970-01-01T00:00:00Z; relative words stay unresolved
  ///     without it.
  /// - Returns: `nil` when the words state no time that can be resolved.
  public init?(_ words: String, writtenAt time: Int64?) {
    // Before a word of time "2019" is a year; alone it may be any number.
    let text = Tokenizer.tokenize("in " + words, lists: nil)
    let day = time.map { Int(($0 >= 0 ? $0 : $0 - CalendarDay.microseconds + 1) / CalendarDay.microseconds) }
    let dates = DateReader(text: text, today: day)
    var found: [(interval: TimeInterval, before: Int)] = []
    var index = 0
    while index < text.tokens.count, found.count < 2 {
      guard let reading = dates.date(at: index, before: text.tokens.count) else {
        index += 1
        continue
      }
      if let interval = reading.interval { found.append((interval, index - 1)) }
      index = max(reading.end, index + 1)
    }
    guard let first = found.first else { return nil }
    func follows(_ words: StaticString...) -> Bool {
      first.before >= 0 && words.contains { text.isWord(first.before, $0) }
    }
    var interval = first.interval
    if found.count == 2, found[0].interval.from ?? 0 <= found[1].interval.from ?? 0 {
      interval.to = found[1].interval.to
    } else if follows("since", "from", "after") {
      interval.to = nil
    } else if follows("until", "till", "before") {
      interval = TimeInterval(from: nil, to: first.interval.from)
    }
    from = interval.from.flatMap { CalendarDay.timestamp($0) }
    to = interval.to.flatMap { CalendarDay.timestamp($0) }
    if from == nil, to == nil { return nil }
  }
}
