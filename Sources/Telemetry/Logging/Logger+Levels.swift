extension Logger {
  /// Steps of an algorithm, for its author.
  public func trace(
    _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(level: .trace, message(), metadata: metadata(), file: file, function: function, line: line)
  }

  /// What helps to find a fault.
  public func debug(
    _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(level: .debug, message(), metadata: metadata(), file: file, function: function, line: line)
  }

  /// What an operator may want to know.
  public func info(
    _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(level: .info, message(), metadata: metadata(), file: file, function: function, line: line)
  }

  /// Normal, but worth a second look.
  public func notice(
    _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(level: .notice, message(), metadata: metadata(), file: file, function: function, line: line)
  }

  /// Not an error yet; something works less well than it should.
  public func warning(
    _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(level: .warning, message(), metadata: metadata(), file: file, function: function, line: line)
  }

  /// Something asked for was not done.
  public func error(
    _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(level: .error, message(), metadata: metadata(), file: file, function: function, line: line)
  }

  /// Needs a person now.
  public func critical(
    _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(level: .critical, message(), metadata: metadata(), file: file, function: function, line: line)
  }
}
