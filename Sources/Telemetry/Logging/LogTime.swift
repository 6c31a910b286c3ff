import Glibc

/// A moment in a log line, RFC 3339 in UTC with milliseconds.
public struct LogTime: Sendable, Hashable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let millisecondsSinceEpoch: Int64

  public init(millisecondsSinceEpoch: Int64) { self.millisecondsSinceEpoch = millisecondsSinceEpoch }

  /// The wall clock.
  @Sendable public static func now() -> LogTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return LogTime(millisecondsSinceEpoch: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  public var description: String {
    var seconds = time_t(millisecondsSinceEpoch / 1_000)
    var milliseconds = Int(millisecondsSinceEpoch % 1_000)
    if milliseconds < 0 {
      seconds -= 1
      milliseconds += 1_000
    }
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = ""
    text.reserveCapacity(24)
    func append(_ value: Int, _ width: Int, _ after: String) {
      let digits = String(value)
      for _ in digits.utf8.count..<max(width, digits.utf8.count) { text.append("0") }
      text.append(digits)
      text.append(after)
    }
    append(Int(parts.tm_year) + 1900, 4, "-")
    append(Int(parts.tm_mon) + 1, 2, "-")
    append(Int(parts.tm_mday), 2, "T")
    append(Int(parts.tm_hour), 2, ":")
    append(Int(parts.tm_min), 2, ":")
    append(Int(parts.tm_sec), 2, ".")
    append(milliseconds, 3, "Z")
    return text
  }
}
