import Events
import Storage

/// An event that waits to be sent.
struct OutboxRow: Sendable {
  let sequence: Int64
  let virtualPartition: Int
  let record: EventRecord

  /// Reads rows in the order of their sequence.
  ///
  /// - Parameters:
  ///   - floor: Rows up to this sequence are left out; `nil` for none. What is left out has to be read at another time:
  ///     a transaction may commit after one whose sequence is higher.
  ///   - partitions: The partitions that are wanted.
  ///   - settled: Sequences that are passed over.
  static func read(
    limit: Int, of partitions: some Collection<Int>, above floor: Int64? = nil, except settled: Set<Int64> = [],
    in tx: Transaction
  ) throws -> [OutboxRow] {
    guard !partitions.isEmpty else { return [] }
    var rows: [OutboxRow] = []
    let count = floor == nil ? limit + settled.count : limit
    try tx.forEach(selection(of: partitions), [.integer(floor ?? 0), .integer(Int64(count))]) { row in
      let sequence = try row.int64(0)
      if settled.contains(sequence) { return true }
      rows.append(
        OutboxRow(
          sequence: sequence, virtualPartition: try row.int(1),
          record: EventRecord(
            topic: try row.string(2), key: try row.optionalRawText(3), value: try row.bytes(7),
            eventType: try row.string(5), eventID: try row.string(4),
            headers: EventHeaders(encoded: try row.bytes(6)))))
      return rows.count < limit
    }
    return rows
  }

  /// Takes settled rows out, and puts those that were refused aside with the reason. Where the partition's fence is no
  /// longer the one that the row was sent under, the row stays.
  static func remove(_ rows: [SettledRow], at now: Timestamp, in tx: Transaction) throws {
    for row in rows {
      if let refusal = row.refusal { try putAside(row, refusal, at: now, in: tx) }
    }
    switch tx.dialect {
    case .sqlite: try removeOneByOne(rows, in: tx)
    case .postgresql: try removeTogether(rows, in: tx)
    }
  }

  private static func removeOneByOne(_ rows: [SettledRow], in tx: Transaction) throws {
    let delete = try tx.prepare("DELETE FROM outbox WHERE \(isStillFenced)")
    for row in rows {
      delete.bind(1, row.sequence)
      delete.bind(2, row.virtualPartition)
      delete.bind(3, row.fence)
      try delete.run()
    }
  }

  /// One statement for all of them: a thousand deletes cost the server more than a join does.
  private static func removeTogether(_ rows: [SettledRow], in tx: Transaction) throws {
    func array(_ values: some Sequence<Int64>) -> String { "{" + values.map(String.init).joined(separator: ",") + "}" }
    try tx.enqueue(
      """
      DELETE FROM outbox USING unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS BIGINT[]))
          AS settled (sequence, virtual_partition, fence)
        JOIN leased_partitions AS lease
          ON lease.virtual_partition = settled.virtual_partition AND lease.fence = settled.fence
      WHERE outbox.sequence = settled.sequence
      """, array(rows.map(\.sequence)), array(rows.map { Int64($0.virtualPartition) }),
      array(rows.map { Int64($0.fence) }))
  }

  private static func putAside(
    _ row: SettledRow, _ refusal: TransportError, at now: Timestamp, in tx: Transaction
  ) throws {
    try tx.execute(
      """
      INSERT INTO outbox_rejected (
        sequence, virtual_partition, topic, key, event_id, event_type, headers, value, error, rejected_at)
      SELECT sequence, virtual_partition, topic, key, event_id, event_type, headers, value, ?, CAST(? AS BIGINT)
      FROM outbox WHERE \(isStillFenced) ON CONFLICT (sequence) DO NOTHING
      """, refusal.description, now.microsecondsSinceEpoch, row.sequence, row.virtualPartition, row.fence)
  }

  private static let isStillFenced = """
    sequence = ? AND EXISTS (SELECT 1 FROM leased_partitions AS lease WHERE lease.virtual_partition = ? AND fence = ?)
    """

  private static func selection(of partitions: some Collection<Int>) -> String {
    let columns = "sequence, virtual_partition, topic, key, event_id, event_type, headers, value"
    if partitions.count == VirtualPartition.count {
      return "SELECT \(columns) FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT ?"
    }
    let list = partitions.sorted().map(String.init).joined(separator: ", ")
    return """
      SELECT \(columns) FROM outbox WHERE sequence > ? AND virtual_partition IN (\(list)) ORDER BY sequence LIMIT ?
      """
  }
}
