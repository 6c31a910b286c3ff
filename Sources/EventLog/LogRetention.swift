import Events
import Storage

/// Removes the oldest records by age and by size, a few at a time, and never one that an active group still needs.
struct LogRetention: Sendable {
  /// Removed in one transaction, so that appends need not wait long.
  static let batchSize = 1000

  let database: SQLiteDatabase
  let configuration: EventLogConfiguration
  let partitions: Int32

  /// - Returns: How many records were removed.
  @discardableResult
  func run() async throws -> Int {
    let now = configuration.clock.date()
    guard configuration.maximumAge != nil || configuration.maximumBytes != nil else { return 0 }
    let mayRemove = try await database.read { tx in try isDue(in: tx, now: now) }
    guard mayRemove else { return 0 }
    var total = 0
    while !Task.isCancelled {
      let removed = try await database.write { tx in try removeBatch(in: tx, now: now) }
      total += removed
      if removed < Self.batchSize { break }
    }
    return total
  }

  private func isDue(in tx: Transaction, now: Timestamp) throws -> Bool {
    if try surplusBytes(in: tx) > 0 { return true }
    guard
      let oldest = try tx.first("SELECT appended_at FROM events ORDER BY offset LIMIT 1", map: { appendedAt($0, 0) })
    else { return false }
    return oldest < ageLimit(now)
  }

  private func ageLimit(_ now: Timestamp) -> Int64 {
    configuration.maximumAge.map { (now - $0).microsecondsSinceEpoch } ?? .min
  }

  /// What no clock wrote counts as old.
  private func appendedAt(_ row: Row, _ column: Int) -> Int64 {
    if case .integer(let microseconds) = row.value(column) { microseconds } else { 0 }
  }

  /// How much the log takes beyond its bound. Pages that are free already are used again.
  private func surplusBytes(in tx: Transaction) throws -> Int {
    guard let maximum = configuration.maximumBytes else { return 0 }
    func pragma(_ name: String) throws -> Int {
      try tx.first("PRAGMA \(name)") { try $0.int(0) } ?? 0
    }
    let pages = try pragma("page_count") - pragma("freelist_count")
    return try max(0, pages * pragma("page_size") - maximum)
  }

  private func removeBatch(in tx: Transaction, now: Timestamp) throws -> Int {
    let needed = try neededOffsets(in: tx, now: now)
    let ageLimit = ageLimit(now)
    var surplus = try surplusBytes(in: tx)
    let newest = try tx.first("SELECT max(offset) FROM events") { try $0.optionalInt64(0) }.flatMap { $0 } ?? 0
    var last: Int64?
    try tx.forEach(
      "SELECT offset, topic_id, partition, appended_at, length(value) FROM events ORDER BY offset LIMIT ?",
      [.integer(Int64(Self.batchSize))]
    ) { row in
      let offset = try row.int64(0)
      let slot = row.slot(topicColumn: 1, partitionColumn: 2, partitions: partitions)
      let isOld = appendedAt(row, 3) < ageLimit
      let isFree = slot.flatMap { needed[$0] }.map { offset < $0 } ?? true
      guard offset < newest, isOld || surplus > 0, isFree else { return false }
      surplus -= try row.optionalInt(4) ?? 0
      surplus -= 100
      last = offset
      return true
    }
    guard let last else { return 0 }
    return try tx.execute("DELETE FROM events WHERE offset <= ?", last)
  }

  /// By slot, the first offset that some active group has not acknowledged. Active is a group that has a member now,
  /// or had one not too long ago.
  private func neededOffsets(in tx: Transaction, now: Timestamp) throws -> [Int: Int64] {
    let activeSince = (now - configuration.groupRetention).microsecondsSinceEpoch
    let rows = try tx.query(
      """
      SELECT topic_id, partition, min(next_offset) FROM group_partitions
      WHERE group_name IN (SELECT name FROM groups WHERE active_at >= ? UNION SELECT group_name FROM members)
      GROUP BY topic_id, partition
      """, activeSince
    ) { (slot: try $0.int(0) * Int(partitions) + $0.int(1), offset: try $0.int64(2)) }
    return Dictionary(rows.map { ($0.slot, $0.offset) }, uniquingKeysWith: min)
  }
}
