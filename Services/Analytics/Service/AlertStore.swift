import RuntimeHost

/// Alerts and the notifications that are still to be sent.
struct AlertStore: Sendable {
  /// How many resolved alerts are kept.
  static let keptResolved = 10_000
  /// How many notifications wait at most; the oldest go first.
  static let notificationLimit = 1_000

  private static let columns = """
    alert_id, alert_type, subject, severity, details, opened_at, held_at, announced_at, announcements, resolved_at, id
    """

  func open(in tx: Transaction) throws -> [Alert] {
    try tx.query("SELECT \(Self.columns) FROM alerts WHERE resolved_at IS NULL ORDER BY id") { try Alert($0) }
  }

  func find(_ alertID: String, in tx: Transaction) throws -> Alert? {
    try tx.first("SELECT \(Self.columns) FROM alerts WHERE alert_id = ?", alertID) { try Alert($0) }
  }

  /// Alerts, newest first, each with the row to go on behind.
  func list(before rowID: Int64?, isOpen: Bool?, limit: Int, in tx: Transaction) throws -> [(Alert, Int64)] {
    let condition = isOpen.map { $0 ? "AND resolved_at IS NULL" : "AND resolved_at IS NOT NULL" } ?? ""
    return try tx.query(
      "SELECT \(Self.columns) FROM alerts WHERE id < ? \(condition) ORDER BY id DESC LIMIT ?",
      rowID ?? Int64.max, limit
    ) { (try Alert($0), try $0.int64(10)) }
  }

  func insert(_ alert: Alert, in tx: ServiceTransaction) throws {
    try tx.execute(
      """
      INSERT INTO alerts (alert_id, alert_type, subject, severity, details, opened_at, held_at, announced_at,
                          announcements)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      alert.id, alert.kind, alert.subject, alert.severity, JSONValue.object(alert.details).text,
      alert.openedAt.microsecondsSinceEpoch, alert.heldAt.microsecondsSinceEpoch,
      alert.announcedAt.microsecondsSinceEpoch, alert.announcements)
  }

  /// Notes that the condition holds still, and whether people are told again.
  func hold(_ alertID: String, _ condition: AlertCondition, announcing: Bool, in tx: ServiceTransaction) throws {
    let now = tx.now.microsecondsSinceEpoch
    let announcedAt = announcing ? now : nil
    try tx.execute(
      """
      UPDATE alerts SET held_at = ?, details = ?, severity = ?,
        announced_at = coalesce(?, announced_at), announcements = announcements + ?
      WHERE alert_id = ?
      """, now, JSONValue.object(condition.details).text, condition.severity, announcedAt, announcing,
      alertID)
  }

  func resolve(_ alertID: String, in tx: ServiceTransaction) throws {
    try tx.execute(
      "UPDATE alerts SET resolved_at = ? WHERE alert_id = ?", tx.now.microsecondsSinceEpoch, alertID)
    try tx.execute(
      """
      DELETE FROM alerts WHERE resolved_at IS NOT NULL AND id <= (
        SELECT id FROM alerts WHERE resolved_at IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET ?)
      """, Self.keptResolved)
  }

  func enqueue(_ body: JSONValue, in tx: ServiceTransaction) throws {
    let now = tx.now.microsecondsSinceEpoch
    try tx.execute(
      "INSERT INTO alert_notifications (notification_id, body, created_at, due_at) VALUES (?, ?, ?, ?)",
      EventID.make(prefix: "ntf_", at: tx.now), body.text, now, now)
    try tx.execute(
      """
      DELETE FROM alert_notifications WHERE id <= (
        SELECT id FROM alert_notifications ORDER BY id DESC LIMIT 1 OFFSET ?)
      """, Self.notificationLimit)
  }
}

extension Alert {
  init(_ row: Row) throws {
    func time(_ column: Int) throws -> Timestamp { Timestamp(microsecondsSinceEpoch: try row.int64(column)) }
    self.init(
      id: try row.string(0), kind: try row.string(1), subject: try row.string(2), severity: try row.string(3),
      details: try JSONValue(parsing: try row.string(4)).objectValue ?? [:], openedAt: try time(5), heldAt: try time(6),
      announcedAt: try time(7), announcements: try row.int(8),
      resolvedAt: try row.optionalInt64(9).map { Timestamp(microsecondsSinceEpoch: $0) })
  }
}
