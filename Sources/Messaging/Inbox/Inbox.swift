import Events
import Storage

/// Remembers which events took effect in which handler, in the transaction of the effect itself.
///
/// A row is what makes a redelivery do nothing, so rows outlive everything that can come again: see `InboxPruner`.
enum Inbox {
  /// Notes that the event takes effect in this transaction. When it had taken effect before, the transaction fails with
  /// `AlreadyHandled`: now, or after the closure has run for nothing. So the row costs no round trip.
  static func record(
    handler: String, eventID: String, at now: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.insertSoon(
      "INSERT INTO inbox (handler, event_id, handled_at)", row: "(?, ?, ?)",
      [.text(handler), .text(eventID), .integer(now.microsecondsSinceEpoch / 1_000_000)]
    ) { error -> any Error in
      if error.kind == .uniqueViolation { AlreadyHandled() } else { error }
    }
  }

  /// Which of these events took effect in the handler.
  static func contains(
    handler: String, eventIDs: some Sequence<String>, in transaction: Transaction
  ) throws -> Set<String> {
    let select = try transaction.prepare("SELECT 1 FROM inbox WHERE handler = ? AND event_id = ?")
    select.bind(1, handler)
    var found: Set<String> = []
    for eventID in eventIDs {
      select.bind(2, eventID)
      try select.forEach { _ in
        found.insert(eventID)
        return false
      }
    }
    return found
  }
}
