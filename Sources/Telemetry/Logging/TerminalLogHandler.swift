/// Lines for a person at a terminal: time of day (UTC), level in colour, logger, message, then `key=value`.
public struct TerminalLogHandler: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level
  private let sink: any LogSink
  private let coloured: Bool
  private let now: @Sendable () -> LogTime

  /// - Parameters:
  ///   - coloured: Whether the level is written with ANSI colours.
  ///   - now: The clock; a test passes a fixed one.
  public init(
    sink: any LogSink = DescriptorLogSink(), level: Logger.Level = .info, coloured: Bool = true,
    now: @escaping @Sendable () -> LogTime = LogTime.now
  ) {
    self.sink = sink
    self.logLevel = level
    self.coloured = coloured
    self.now = now
  }

  public func log(_ entry: LogEntry) {
    var line: [UInt8] = []
    line.reserveCapacity(160)
    line.append(contentsOf: now().description.utf8.dropFirst(11).prefix(12))
    line.append(0x20)
    let level = entry.level.rawValue
    if coloured { line.append(contentsOf: Self.colour(of: entry.level).utf8) }
    line.append(contentsOf: level.utf8)
    if coloured { line.append(contentsOf: "\u{1B}[0m".utf8) }
    line.append(contentsOf: repeatElement(0x20, count: max(1, 9 - level.utf8.count)))
    LogText.appendVisible(entry.label, to: &line)
    line.append(contentsOf: ": ".utf8)
    LogText.appendVisible(entry.message.description, to: &line)
    let fields = metadata.merging(entry.metadata) { _, own in own }
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      line.append(0x20)
      LogText.appendVisible(key, to: &line)
      line.append(0x3D)
      let text = value.description
      if text.isEmpty || text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x22 }) {
        LogText.appendQuoted(text, to: &line)
      } else {
        LogText.appendVisible(text, to: &line)
      }
    }
    line.append(0x0A)
    sink.write(line)
  }

  private static func colour(of level: Logger.Level) -> String {
    switch level {
    case .trace, .debug: "\u{1B}[2m"
    case .info: "\u{1B}[32m"
    case .notice: "\u{1B}[36m"
    case .warning: "\u{1B}[33m"
    case .error: "\u{1B}[31m"
    case .critical: "\u{1B}[1;31m"
    }
  }
}
