import Glibc
import Synchronization

/// The one place where a program says what becomes of its log lines.
///
/// Without a call of ``bootstrap(level:format:sink:)`` loggers write at `info` to standard error. A logger takes its
/// handler when it is made, so a program calls `bootstrap` first. Any thread may call; the last call wins.
public enum LoggingSystem {
  /// How lines look.
  public enum Format: String, Sendable, CaseIterable {
    /// One JSON object a line, for machines.
    case json
    /// Coloured text, for people.
    case terminal
    /// ``terminal`` when standard error is a terminal, ``json`` otherwise.
    case automatic
  }

  private typealias Factory = @Sendable (String) -> any LogHandler

  private static let factory = Mutex<Factory>(makeFactory(level: .info, format: .automatic, sink: DescriptorLogSink()))

  /// Sets level, form and destination of the loggers made from now on.
  public static func bootstrap(
    level: Logger.Level = .info, format: Format = .automatic, sink: any LogSink = DescriptorLogSink()
  ) {
    let made = makeFactory(level: level, format: format, sink: sink)
    factory.withLock { $0 = made }
  }

  /// Sets a handler of the caller's own for the loggers made from now on.
  ///
  /// - Parameter make: Called with each new logger's label.
  public static func bootstrap(_ make: @escaping @Sendable (String) -> any LogHandler) {
    factory.withLock { $0 = make }
  }

  static func makeHandler(label: String) -> any LogHandler {
    factory.withLock { $0 }(label)
  }

  private static func makeFactory(level: Logger.Level, format: Format, sink: any LogSink) -> Factory {
    let forTerminal = format == .terminal || (format == .automatic && isatty(STDERR_FILENO) == 1)
    if forTerminal {
      let coloured = getenv("NO_COLOR") == nil
      return { _ in TerminalLogHandler(sink: sink, level: level, coloured: coloured) }
    }
    return { _ in JSONLinesLogHandler(sink: sink, level: level) }
  }
}
