import RuntimeHost

/// What idempotency keys have created, seen from inside a transaction.
///
/// A key is written in the transaction that stores its memory, so the two cannot part, and of two requests at once the
/// second finds the first one's row. No answer is kept: it is made again from the memory's first version, so nothing
/// of a deleted memory lives on here.
struct IdempotencyStore {
  /// What a key points at.
  struct Entry {
    var rowID: Int64
    var correlationID: String
  }

  let database: Transaction

  init(in database: Transaction) {
    self.database = database
  }

  /// What the key has created, unless that is longer ago than keys are kept.
  func entry(for key: IdempotencyKey, at time: Timestamp) throws -> Entry? {
    try database.first(
      "SELECT row_id, correlation_id FROM idempotency_keys WHERE user_id = ? AND key = ? AND expires_at > ?",
      key.userID, key.key, time.microsecondsSinceEpoch
    ) { Entry(rowID: try $0.int64(0), correlationID: try $0.string(1)) }
  }

  func save(_ entry: Entry, for key: IdempotencyKey, at time: Timestamp) throws {
    try database.execute(
      """
      INSERT INTO idempotency_keys (user_id, key, row_id, correlation_id, expires_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (user_id, key) DO UPDATE SET
        row_id = excluded.row_id, correlation_id = excluded.correlation_id, expires_at = excluded.expires_at
      """, key.userID, key.key, entry.rowID, entry.correlationID,
      (time + IdempotencyKey.retention).microsecondsSinceEpoch)
  }

  /// Removes keys that have expired.
  /// - Returns: How many; less than the limit when none is left.
  func removeExpired(at time: Timestamp, limit: Int) throws -> Int {
    try database.execute(
      """
      DELETE FROM idempotency_keys WHERE (user_id, key) IN
        (SELECT user_id, key FROM idempotency_keys WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
      """, time.microsecondsSinceEpoch, limit)
  }
}
