/// Some records of a tail.
public struct TailBatch: Sendable {
  public var records: [TailRecord]
  /// Whether nothing more was in the log when this was read.
  public var isAtEnd: Bool
  /// Whether the tail has ended.
  public var isClosed: Bool

  public init(records: [TailRecord], isAtEnd: Bool, isClosed: Bool = false) {
    self.records = records
    self.isAtEnd = isAtEnd
    self.isClosed = isClosed
  }

  public static let closed = TailBatch(records: [], isAtEnd: true, isClosed: true)
}
