import Storage

/// An event that waits to be sent.
struct OutboxRow: Sendable {
  let sequence: Int64
  let virtualPartition: Int
  let record: EventRecord

  /// Reads rows in the order of their sequence.
  ///
  /// - Parameters:
  ///   - held: The partitions that are wanted.
  ///   - sent: Sequences that are passed over: sent, and not deleted yet.
  static func read(
    limit: Int, held: [Int: Int], sent: Set<Int64>, in tx: Transaction
  ) throws -> [OutboxRow] {
    var rows: [OutboxRow] = []
    try tx.forEach(sql(for: held)) { row in
      let sequence = try row.int64(0)
      if sent.contains(sequence) { return true }
      rows.append(
        OutboxRow(
          sequence: sequence, virtualPartition: try row.int(1),
          record: EventRecord(
            topic: try row.string(2), key: try row.optionalString(3), value: try row.bytes(7),
            eventType: try row.string(5), eventID: try row.string(4),
            headers: EventHeaders(encoded: try row.bytes(6)))))
      return rows.count < limit
    }
    return rows
  }

  private static func sql(for held: [Int: Int]) -> String {
    let columns = "sequence, virtual_partition, topic, key, event_id, event_type, headers, value"
    if held.count == VirtualPartition.count { return "SELECT \(columns) FROM outbox ORDER BY sequence" }
    let partitions = held.keys.sorted().map(String.init).joined(separator: ", ")
    return "SELECT \(columns) FROM outbox WHERE virtual_partition IN (\(partitions)) ORDER BY sequence"
  }
}
