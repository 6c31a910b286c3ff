import Messaging
import Storage

/// Reads rows of the log in order, skipping cheaply what nobody wants.
struct LogScan: Sendable {
  /// What one scan found.
  struct Result: Sendable {
    var records: [(slot: Int, record: DeliveredRecord)] = []
    /// Every row before this offset has been looked at.
    var scannedTo: Int64
    /// Whether there was nothing behind it.
    var isAtEnd = false
  }

  /// Rows looked at in one read transaction: an old snapshot must not keep the log from being checkpointed.
  static let rowLimit = 20_000
  /// Bytes of values in one result, unless the first alone is larger.
  static let byteLimit = 4 << 20

  private static let sql = """
    SELECT offset, topic_id, partition, appended_at, event_type, event_id, key, headers, value
    FROM events WHERE offset >= ? ORDER BY offset
    """

  /// - Parameters:
  ///   - wanted: By slot and offset, whether the row is wanted.
  ///   - topicName: The name of a topic's number.
  static func run(
    in tx: Transaction, from: Int64, limit: Int, partitions: Int32, wanted: (Int, Int64) throws -> Bool,
    topicName: (Int) throws -> String?
  ) throws -> Result {
    var result = Result(scannedTo: from, isAtEnd: true)
    var rows = 0
    var bytes = 0
    let statement = try tx.prepare(sql)
    statement.bind(1, from)
    try statement.forEach { row in
      guard rows < rowLimit, result.records.count < limit, bytes < byteLimit else {
        result.isAtEnd = false
        return false
      }
      rows += 1
      let offset = try row.int64(0)
      result.scannedTo = offset + 1
      // A row that has no place to be delivered to is stepped over.
      guard let slot = row.slot(topicColumn: 1, partitionColumn: 2, partitions: partitions),
        try wanted(slot, offset), let topic = try topicName(slot / Int(partitions))
      else { return true }
      let record = Self.record(row, topic: topic, partition: Int32(slot % Int(partitions)), offset: offset)
      bytes += record.record.value.count
      result.records.append((slot, record))
      return true
    }
    return result
  }

  private static func record(
    _ row: Row, topic: String, partition: Int32, offset: Int64
  ) -> DeliveredRecord {
    let record = EventRecord(
      topic: topic, key: text(row, 6), value: row.withBytes(8) { [UInt8]($0) }, eventType: text(row, 4),
      eventID: text(row, 5), headers: EventHeaders(encoded: row.withBytes(7) { [UInt8]($0) }))
    var appendedAt: Int64 = 0
    if case .integer(let microseconds) = row.value(3) { appendedAt = microseconds }
    return DeliveredRecord(
      record: record, position: RecordPosition(topic: topic, partition: partition, offset: offset),
      appendedAtMicroseconds: appendedAt)
  }

  private static func text(_ row: Row, _ column: Int) -> String? {
    row.isNull(column) ? nil : row.withBytes(column) { String(decoding: $0, as: UTF8.self) }
  }
}
