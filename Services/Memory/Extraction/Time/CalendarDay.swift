/// A day of the proleptic Gregorian calendar in UTC.
struct CalendarDay: Equatable {
  var year: Int
  /// From 1; ``number`` also takes months beyond 12 and below 1.
  var month: Int
  var day: Int

  static let microseconds: Int64 = 86_400_000_000

  init(_ year: Int, _ month: Int = 1, _ day: Int = 1) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that a count of days since 1970-01-01 falls on.
  init(number: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  var number: Int {
    let monthIndex = month - 1
    let carried = monthIndex >= 0 ? monthIndex / 12 : (monthIndex - 11) / 12
    let month = monthIndex - carried * 12 + 1
    let year = self.year + carried - (month <= 2 ? 1 : 0)
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Whether the month and the day exist.
  var isReal: Bool { (1...12).contains(month) && day >= 1 && CalendarDay(number: number) == self }

  /// From 0 for Monday.
  static func weekday(_ number: Int) -> Int {
    let remainder = (number + 3) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }

  /// The day's first moment as an RFC 3339 date-time; nil for years that the format cannot hold.
  static func timestamp(_ number: Int) -> String? {
    let day = CalendarDay(number: number)
    guard (0...9999).contains(day.year) else { return nil }
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    return "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))T00:00:00Z"
  }
}
