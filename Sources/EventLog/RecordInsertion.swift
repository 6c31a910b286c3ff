import Messaging
import Storage

/// Writes records into the log inside one transaction: a prepared statement, bytes lent and not copied.
struct RecordInsertion {
  private let statement: Statement

  init(in tx: Transaction) throws {
    statement = try tx.prepare(
      """
      INSERT INTO events (topic_id, partition, appended_at, event_type, event_id, key, headers, value)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
  }

  func insert(_ record: EventRecord, topicID: Int, partition: Int32, appendedAt: Int64) throws {
    statement.bind(1, topicID)
    statement.bind(2, Int64(partition))
    statement.bind(3, appendedAt)
    if record.headers.isEmpty { statement.bindNull(7) }
    try lend(record.eventType, to: 4) {
      try lend(record.eventID, to: 5) {
        try lend(record.key, to: 6) {
          try record.headers.encoded.withUnsafeBytes { headers in
            if !headers.isEmpty { statement.bind(7, borrowing: headers) }
            try record.value.withUnsafeBytes { value in
              statement.bind(8, borrowing: value)
              try statement.run()
            }
          }
        }
      }
    }
  }

  private func lend(_ text: String?, to index: Int, _ body: () throws -> Void) rethrows {
    guard var text else {
      statement.bindNull(index)
      return try body()
    }
    try text.withUTF8 { utf8 in
      statement.bind(index, borrowingText: UnsafeRawBufferPointer(utf8))
      try body()
    }
  }
}
