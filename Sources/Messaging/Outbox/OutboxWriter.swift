import Events
import Storage

/// Adds events to the outbox within one transaction, and wakes the relay once that is durable.
///
/// Lives as long as the transaction's closure. The row's bytes are what is sent, however often it is sent.
final class OutboxWriter {
  private let transaction: Transaction
  private let relaySignal: Signal
  private var insert: Statement?
  private var isWaking = false

  init(_ transaction: Transaction, waking relaySignal: Signal) {
    self.transaction = transaction
    self.relaySignal = relaySignal
  }

  /// - Parameter value: The event's envelope as it is to be delivered.
  func append(_ event: Event, key: String, value: [UInt8]) throws {
    if transaction.dialect == .postgresql { return try insertSoon(event, key: key, value: value) }
    let insert = try preparedInsert()
    insert.bind(1, VirtualPartition.of(key.isEmpty ? event.id : key))
    insert.bind(2, event.type.domain)
    insert.bind(3, key.isEmpty ? nil : key)
    insert.bind(4, event.id)
    insert.bind(5, event.type.name)
    insert.bind(6, EventHeaders(of: event).encoded)
    try value.withUnsafeBytes { bytes in
      insert.bind(7, borrowing: bytes)
      try insert.enqueue()
    }
  }

  /// Many events' rows go in together.
  private func insertSoon(_ event: Event, key: String, value: [UInt8]) throws {
    if !isWaking {
      isWaking = true
      transaction.afterCommit { [relaySignal] in relaySignal.send() }
    }
    try transaction.insertSoon(
      "INSERT INTO outbox (virtual_partition, topic, key, event_id, event_type, headers, value)",
      row: "(?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(Int64(VirtualPartition.of(key.isEmpty ? event.id : key))), .text(event.type.domain),
        key.isEmpty ? .null : .text(key), .text(event.id), .text(event.type.name),
        .blob(EventHeaders(of: event).encoded), .blob(value),
      ])
  }

  private func preparedInsert() throws -> Statement {
    if let insert { return insert }
    let statement = try transaction.prepare(
      """
      INSERT INTO outbox (virtual_partition, topic, key, event_id, event_type, headers, value)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    insert = statement
    transaction.afterCommit { [relaySignal] in relaySignal.send() }
    return statement
  }
}
