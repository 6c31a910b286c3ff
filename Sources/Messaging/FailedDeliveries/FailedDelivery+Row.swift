import Events
import Storage

extension FailedDelivery {
  static let columns = """
    sequence, id, handler, status, event_id, event_type, correlation_id, topic, log_partition, log_offset, key, headers,
    value, error, attempts, first_failed_at, last_failed_at, next_attempt_at, is_edited
    """

  init(_ row: Row, service: String) throws {
    func time(_ column: Int) throws -> Timestamp { Timestamp(microsecondsSinceEpoch: try row.int64(column)) }
    self.init(
      id: try row.string(1), service: service, handler: try row.string(2),
      status: Status(rawValue: try row.string(3)) ?? .dead, eventID: try row.optionalRawText(4),
      eventType: try row.optionalRawText(5), correlationID: try row.optionalRawText(6), topic: try row.string(7),
      partition: Int32(truncatingIfNeeded: try row.int(8)), offset: try row.int64(9), key: try row.optionalRawText(10),
      value: try row.bytes(12), headers: EventHeaders(encoded: try row.bytes(11)), error: try row.rawText(13),
      attempts: try row.int(14), firstFailedAt: try time(15), lastFailedAt: try time(16),
      nextAttemptAt: try row.optionalInt64(17).map { Timestamp(microsecondsSinceEpoch: $0) },
      isEdited: try row.bool(18), sequence: try row.int64(0))
  }
}
