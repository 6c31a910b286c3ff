/// A record as a subscription or a tail gives it.
public struct DeliveredRecord: Sendable {
  public let record: EventRecord
  public let position: RecordPosition
  /// When the log took the record, by the log's clock, in microseconds since 1970 UTC, as `Timestamp` counts them.
  /// For people and for lag; never for order.
  public let appendedAtMicroseconds: Int64

  public init(record: EventRecord, position: RecordPosition, appendedAtMicroseconds: Int64) {
    self.record = record
    self.position = position
    self.appendedAtMicroseconds = appendedAtMicroseconds
  }
}
