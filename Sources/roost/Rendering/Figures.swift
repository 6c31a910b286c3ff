/// Numbers as people read them.
enum Figures {
  /// `12,345`.
  static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1 memory`, `2 memories`.
  static func count(_ value: Int, _ one: String, _ many: String) -> String {
    count(value) + " " + (value == 1 ? one : many)
  }

  /// With so many digits behind the point.
  static func decimal(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "?" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * scale).rounded())
    let sign = scaled < 0 ? "-" : ""
    let whole = count(Int(scaled.magnitude) / Int(scale))
    guard digits > 0 else { return sign + whole }
    let rest = String(Int(scaled.magnitude) % Int(scale))
    return sign + whole + "." + String(repeating: "0", count: digits - rest.count) + rest
  }

  /// `0.4 ms`, `12.3 ms`, `812 ms`, `4.21 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`.
  static func milliseconds(_ value: Double) -> String {
    switch value.magnitude {
    case ..<99.95: return decimal(value, 1) + " ms"
    case ..<999.5: return decimal(value, 0) + " ms"
    case ..<59_995: return decimal(value / 1000, 2) + " s"
    default: return age(.milliseconds(Int(value.rounded())))
    }
  }

  /// In whole seconds and the two largest units: `3 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`.
  static func age(_ value: Duration) -> String {
    let seconds = Int((value / .seconds(1)).rounded())
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
    if seconds < 86_400 { return "\(seconds / 3600) h \(seconds % 3600 / 60) min" }
    return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
  }

  static func duration(_ value: Duration) -> String { milliseconds(value / .milliseconds(1)) }

  /// `1.5 GiB`.
  static func bytes(_ value: Int) -> String {
    var size = Double(value)
    for unit in ["B", "KiB", "MiB", "GiB"] {
      if size < 1024 { return unit == "B" ? "\(value) B" : decimal(size, 1) + " " + unit }
      size /= 1024
    }
    return decimal(size, 1) + " TiB"
  }

  /// `2,410/s`, or `2.4/s` where there are few.
  static func rate(_ count: Int, in time: Duration) -> String {
    let seconds = time / .seconds(1)
    guard seconds > 0 else { return "?/s" }
    let rate = Double(count) / seconds
    return decimal(rate, rate < 10 ? 1 : 0) + "/s"
  }

  /// The value that so much of the list does not exceed, by the nearest rank; `nil` of an empty list.
  static func percentile(_ part: Double, of values: [Duration]) -> Duration? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let rank = Int((part * Double(sorted.count)).rounded(.up))
    return sorted[min(max(rank, 1), sorted.count) - 1]
  }
}
