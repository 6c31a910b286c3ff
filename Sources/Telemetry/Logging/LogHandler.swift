/// Where log lines go. A value with its own metadata and level; the sink behind it may be shared.
///
/// `log` is called from any thread, many at a time, and must neither throw nor wait for long.
public protocol LogHandler: Sendable {
  /// Values added to every line.
  var metadata: Logger.Metadata { get set }
  /// Lines below it are never handed over.
  var logLevel: Logger.Level { get set }
  /// Takes one line.
  func log(_ entry: LogEntry)
}

extension LogHandler {
  public subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
}
