/// How much a log line matters.
public typealias LogLevel = Logger.Level

extension Logger {
  /// How much a log line matters, from ``trace`` (least) to ``critical``.
  public enum Level: String, Sendable, CaseIterable, Comparable {
    case trace, debug, info, notice, warning, error, critical

    var rank: Int {
      switch self {
      case .trace: 0
      case .debug: 1
      case .info: 2
      case .notice: 3
      case .warning: 4
      case .error: 5
      case .critical: 6
      }
    }

    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
  }
}
