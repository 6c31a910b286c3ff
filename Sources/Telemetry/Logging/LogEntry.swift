/// One log line before it is formatted.
public struct LogEntry: Sendable {
  public var label: String
  public var level: Logger.Level
  public var message: Logger.Message
  /// The line's own fields, without the handler's.
  public var metadata: Logger.Metadata
  public var file: String
  public var function: String
  public var line: UInt

  public init(
    label: String, level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata = [:],
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    self.label = label
    self.level = level
    self.message = message
    self.metadata = metadata
    self.file = file
    self.function = function
    self.line = line
  }
}
