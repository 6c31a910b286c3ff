import RuntimeHost
import Synchronization

/// Counts of events by type and minute, kept for a day by the minute and for ever as totals.
///
/// At most `typeLimit` types are told apart; what comes beyond them is counted as `other`.
struct EventCounts: Sendable {
  static let typeLimit = 1_000
  static let other = "other"
  static let keptMinutes: Int64 = 24 * 60

  private let known = KnownTypes()

  static func minute(of time: Timestamp) -> Int64 { time.microsecondsSinceEpoch / 60_000_000 }

  func count(_ types: [EventType], at time: Timestamp, in tx: ServiceTransaction) throws {
    var counts: [String: Int] = [:]
    for type in types { counts[type.name, default: 0] += 1 }
    var told: [String: Int] = [:]
    for (type, count) in counts.sorted(by: { $0.key < $1.key }) {
      told[try name(for: type, in: tx), default: 0] += count
    }
    let minute = Self.minute(of: time)
    for (name, count) in told.sorted(by: { $0.key < $1.key }) {
      try tx.enqueue(
        """
        INSERT INTO event_counts (event_type, minute, count) VALUES (?, ?, ?)
        ON CONFLICT (event_type, minute) DO UPDATE SET count = event_counts.count + excluded.count
        """, name, minute, count)
    }
  }

  /// What a type is counted as.
  private func name(for type: String, in tx: ServiceTransaction) throws -> String {
    if known.contains(type) { return type }
    let isToldApart = try isToldApart(type, in: tx)
    let name = isToldApart ? type : Self.other
    try tx.enqueue("INSERT INTO event_totals (event_type, count) VALUES (?, 0) ON CONFLICT DO NOTHING", name)
    if isToldApart { tx.database.afterCommit { [known, name] in known.insert(name) } }
    return name
  }

  private func isToldApart(_ name: String, in tx: ServiceTransaction) throws -> Bool {
    if try tx.first("SELECT 1 FROM event_totals WHERE event_type = ?", name, map: { try $0.int(0) }) != nil {
      return true
    }
    let known = try tx.first("SELECT count(*) FROM event_totals", map: { try $0.int(0) }) ?? 0
    return known < Self.typeLimit
  }

  /// The total and the rates of every type that was ever counted, the busiest first.
  func read(at time: Timestamp, in tx: Transaction) throws -> [EventTypeCount] {
    let minute = Self.minute(of: time)
    let first = try tx.first("SELECT min(minute) FROM event_counts", map: { try $0.optionalInt64(0) }) ?? nil
    let secondsIntoMinute = Double(time.microsecondsSinceEpoch % 60_000_000) / 1_000_000
    let watched = Double(minute - (first ?? minute)) + secondsIntoMinute / 60
    return try tx.query(
      """
      SELECT t.event_type, CAST(t.count + coalesce(sum(c.count), 0) AS BIGINT),
             CAST(coalesce(sum(c.count) FILTER (WHERE c.minute > ? AND c.minute <= ?), 0) AS BIGINT),
             CAST(coalesce(sum(c.count) FILTER (WHERE c.minute > ? AND c.minute <= ?), 0) AS BIGINT)
      FROM event_totals t LEFT JOIN event_counts c ON c.event_type = t.event_type
      GROUP BY t.event_type, t.count ORDER BY 2 DESC, 1
      """,
      minute - Int64(EventRate.windowMinutes), minute,
      minute - Int64(EventRate.baselineMinutes), minute - Int64(EventRate.windowMinutes)
    ) { row in
      EventTypeCount(
        type: try row.string(0), total: try row.int(1),
        rate: EventRate(
          inWindow: try row.int(2), beforeWindow: try row.int(3), secondsIntoMinute: secondsIntoMinute,
          watchedMinutes: watched))
    }
  }

  /// Folds minutes that are older than a day into the totals.
  func fold(at time: Timestamp, in tx: ServiceTransaction) throws {
    let oldest = Self.minute(of: time) - Self.keptMinutes
    try tx.execute(
      """
      UPDATE event_totals SET count = event_totals.count + (
        SELECT coalesce(sum(c.count), 0) FROM event_counts c
        WHERE c.event_type = event_totals.event_type AND c.minute < ?)
      WHERE event_type IN (SELECT event_type FROM event_counts WHERE minute < ?)
      """, oldest, oldest)
    try tx.execute("DELETE FROM event_counts WHERE minute < ?", oldest)
  }
}

/// The types of which the database is known to have a total: totals stay for ever.
private final class KnownTypes: Sendable {
  private let names = Mutex<Set<String>>([])

  func contains(_ name: String) -> Bool { names.withLock { $0.contains(name) } }

  func insert(_ name: String) { names.withLock { _ = $0.insert(name) } }
}

/// What was counted of one event type.
struct EventTypeCount: Sendable, Equatable {
  var type: String
  var total: Int
  var rate: EventRate
}
