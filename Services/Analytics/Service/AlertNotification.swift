import RuntimeHost

/// A message about an alert that waits to be posted to the webhook.
struct AlertNotification: Sendable, Equatable {
  var id: String
  var body: String
  /// How often it was tried.
  var attempts: Int

  /// The first one that is due.
  static func firstDue(at now: Timestamp, in tx: Transaction) throws -> AlertNotification? {
    try tx.first(
      """
      SELECT notification_id, body, attempts FROM alert_notifications WHERE due_at <= ? ORDER BY due_at, id LIMIT 1
      """, now.microsecondsSinceEpoch
    ) { row in AlertNotification(id: try row.string(0), body: try row.string(1), attempts: try row.int(2)) }
  }

  func remove(in tx: Transaction) throws {
    try tx.execute("DELETE FROM alert_notifications WHERE notification_id = ?", id)
  }

  func postpone(until time: Timestamp, in tx: Transaction) throws {
    try tx.execute(
      "UPDATE alert_notifications SET attempts = attempts + 1, due_at = ? WHERE notification_id = ?",
      time.microsecondsSinceEpoch, id)
  }
}
