/// Writes log lines for one part of the program, in the shape of swift-log's `Logger`.
///
/// A value: a copy with further metadata does not change the original. The message is an autoclosure and is not
/// built when the level is off. Any thread may use it; a line that cannot be written is dropped, never thrown.
public struct Logger: Sendable {
  /// Names the part of the program that writes, for example `memory.store`.
  public let label: String
  /// Where the lines go; chosen by ``LoggingSystem`` when the logger is made.
  public var handler: any LogHandler

  /// A logger on the handler that ``LoggingSystem`` is set up with.
  public init(label: String) {
    self.label = label
    self.handler = LoggingSystem.makeHandler(label: label)
  }

  /// A logger on a handler of the caller's own, for tests and embedding.
  public init(label: String, factory: (String) -> any LogHandler) {
    self.label = label
    self.handler = factory(label)
  }

  /// Lines below this level are not written.
  public var logLevel: Level {
    get { handler.logLevel }
    set { handler.logLevel = newValue }
  }

  /// A value that is added to every line of this logger and of its copies.
  public subscript(metadataKey key: String) -> MetadataValue? {
    get { handler[metadataKey: key] }
    set { handler[metadataKey: key] = newValue }
  }

  /// Whether a line of this level would be written.
  public func isEnabled(_ level: Level) -> Bool { level >= handler.logLevel }

  /// Writes one line at `level`.
  ///
  /// - Parameters:
  ///   - message: One sentence for a person; built only when the level is on.
  ///   - metadata: Fields of this line alone; they win over the logger's own.
  public func log(
    level: Level, _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    guard level >= handler.logLevel else { return }
    handler.log(
      LogEntry(
        label: label, level: level, message: message(), metadata: metadata() ?? [:], file: file, function: function,
        line: line))
  }
}
