/// One JSON object a line: `time`, `level`, `logger`, `message`, then the metadata by name.
///
/// A metadata key that is one of the four is written with a leading underscore.
public struct JSONLinesLogHandler: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level
  private let sink: any LogSink
  private let now: @Sendable () -> LogTime

  /// - Parameters:
  ///   - sink: Where the lines go.
  ///   - level: Lines below it are not written.
  ///   - now: The clock; a test passes a fixed one.
  public init(
    sink: any LogSink = DescriptorLogSink(), level: Logger.Level = .info,
    now: @escaping @Sendable () -> LogTime = LogTime.now
  ) {
    self.sink = sink
    self.logLevel = level
    self.now = now
  }

  public func log(_ entry: LogEntry) {
    var line: [UInt8] = []
    line.reserveCapacity(256)
    line.append(contentsOf: #"{"time":""#.utf8)
    line.append(contentsOf: now().description.utf8)
    line.append(contentsOf: #"","level":""#.utf8)
    line.append(contentsOf: entry.level.rawValue.utf8)
    line.append(contentsOf: #"","logger":"#.utf8)
    LogText.appendQuoted(entry.label, to: &line)
    line.append(contentsOf: #","message":"#.utf8)
    LogText.appendQuoted(entry.message.description, to: &line)
    let fields = metadata.merging(entry.metadata) { _, own in own }
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      line.append(0x2C)
      LogText.appendQuoted(Self.reserved.contains(key) ? "_" + key : key, to: &line)
      line.append(0x3A)
      Self.append(value, to: &line)
    }
    line.append(contentsOf: "}\n".utf8)
    sink.write(line)
  }

  private static let reserved: Set<String> = ["time", "level", "logger", "message"]

  private static func append(_ value: Logger.MetadataValue, to line: inout [UInt8]) {
    switch value {
    case .string(let text): LogText.appendQuoted(text, to: &line)
    case .stringConvertible(let value as any BinaryInteger): line.append(contentsOf: String(value).utf8)
    case .stringConvertible(let value as Bool): line.append(contentsOf: value.description.utf8)
    case .stringConvertible(let value as Double) where value.isFinite: line.append(contentsOf: value.description.utf8)
    case .stringConvertible(let value): LogText.appendQuoted(value.description, to: &line)
    case .array(let values):
      line.append(0x5B)
      for (index, value) in values.enumerated() {
        if index > 0 { line.append(0x2C) }
        append(value, to: &line)
      }
      line.append(0x5D)
    case .dictionary(let values):
      line.append(0x7B)
      for (index, (key, value)) in values.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { line.append(0x2C) }
        LogText.appendQuoted(key, to: &line)
        line.append(0x3A)
        append(value, to: &line)
      }
      line.append(0x7D)
    }
  }
}
