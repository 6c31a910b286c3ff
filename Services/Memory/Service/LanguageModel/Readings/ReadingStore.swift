import MemoryEvents
import RuntimeHost

/// The readings that are to be made, and what became of them, seen from inside a transaction.
///
/// A reading is asked for in the transaction that stores the offline outcome, so the two cannot part. It waits until a
/// worker takes it; one whose worker is gone is due again when its time is over.
struct ReadingStore {
  let database: Transaction

  init(in database: Transaction) { self.database = database }

  /// Asks for the text of a memory as it stands to be read. An earlier text's reading is not wanted any more.
  func add(
    row: Int64, memoryID: String, version: Int, storedAt: Timestamp, flow: EventMetadata, at time: Timestamp
  ) throws {
    try remove(row: row)
    try database.execute(
      """
      INSERT INTO model_readings (row_id, memory_id, memory_version, stored_at, flow, state, due_at, attempts, claim)
      VALUES (?, ?, ?, ?, ?, 'waiting', ?, 0, 0)
      """, row, memoryID, version, storedAt.microsecondsSinceEpoch, String(decoding: flow.jsonBytes(), as: UTF8.self),
      time.microsecondsSinceEpoch)
  }

  /// Forgets a memory's reading with everything that was found in the text.
  func remove(row: Int64) throws {
    try database.execute("DELETE FROM model_readings WHERE row_id = ?", row)
  }

  /// Takes the reading that is due longest.
  ///
  /// - Parameters:
  ///   - owner: Who takes it: see `release`.
  ///   - lease: After that time another may take it.
  func take(owner: String, for lease: Duration, at time: Timestamp) throws -> ModelReading? {
    while true {
      let taken = try database.first(
        """
        UPDATE model_readings SET claim = claim + 1, owner = ?, due_at = ? WHERE state = 'waiting' AND due_at <= ?
          AND row_id = (SELECT row_id FROM model_readings WHERE state = 'waiting' AND due_at <= ?
            ORDER BY due_at, row_id LIMIT 1)
        RETURNING row_id, memory_id, memory_version, stored_at, flow, attempts, claim
        """, owner, (time + lease).microsecondsSinceEpoch, time.microsecondsSinceEpoch, time.microsecondsSinceEpoch
      ) { row in
        (
          rowID: try row.int64(0), memoryID: try row.string(1), version: try row.int(2),
          storedAt: Timestamp(microsecondsSinceEpoch: try row.int64(3)), flow: try EventMetadata(parsing: row.bytes(4)),
          attempts: try row.int(5), claim: try row.int(6)
        )
      }
      guard let taken else { return nil }
      let content = try text(row: taken.rowID, version: taken.version)
      guard let content else {
        // The text has gone, and nobody took its reading away with it.
        try remove(row: taken.rowID)
        continue
      }
      return ModelReading(
        rowID: taken.rowID, memoryID: taken.memoryID, memoryVersion: taken.version, content: content,
        storedAt: taken.storedAt, flow: taken.flow, attempts: taken.attempts, claim: taken.claim)
    }
  }

  private func text(row: Int64, version: Int) throws -> String? {
    try database.first(
      "SELECT content FROM memories WHERE row_id = ? AND content_version = ? AND deleted_at IS NULL", row, version
    ) { try $0.rawText(0) }
  }

  /// Whether the reading is still wanted from whoever took it, and its text the memory's own.
  func isCurrent(_ reading: ModelReading) throws -> Bool {
    let isHeld =
      try database.first(
        "SELECT 1 FROM model_readings WHERE row_id = ? AND memory_version = ? AND claim = ? AND state = 'waiting'",
        reading.rowID, reading.memoryVersion, reading.claim, map: { _ in true }) ?? false
    return isHeld ? try text(row: reading.rowID, version: reading.memoryVersion) != nil : false
  }

  /// Puts the outcome down.
  func finish(
    _ reading: ModelReading, with outcome: MemoryEntityExtracted, _ comparison: OutcomeComparison?, at time: Timestamp
  ) throws {
    try database.execute(
      """
      UPDATE model_readings SET state = 'read', owner = NULL, error = NULL, extractor = ?, result = ?, comparison = ?,
        read_at = ? WHERE row_id = ?
      """, outcome.extractor, String(decoding: outcome.jsonBytes(), as: UTF8.self), comparison?.document.text,
      time.microsecondsSinceEpoch, reading.rowID)
  }

  /// Lets the reading wait for another try.
  ///
  /// - Parameter counts: Whether this one was a try.
  func postpone(
    _ reading: ModelReading, until time: Timestamp, error: String?, counts: Bool
  ) throws {
    try database.execute(
      """
      UPDATE model_readings SET due_at = ?, owner = NULL, error = ?, attempts = attempts + ?
      WHERE row_id = ? AND memory_version = ? AND claim = ? AND state = 'waiting'
      """, time.microsecondsSinceEpoch, error, counts ? 1 : 0, reading.rowID, reading.memoryVersion, reading.claim)
  }

  /// Tries no more: the offline outcome stays alone.
  func giveUp(_ reading: ModelReading, error: String) throws {
    try database.execute(
      """
      UPDATE model_readings SET state = 'given_up', owner = NULL, error = ?, attempts = attempts + 1
      WHERE row_id = ? AND memory_version = ? AND claim = ? AND state = 'waiting'
      """, error, reading.rowID, reading.memoryVersion, reading.claim)
  }

  /// Who holds readings that are not made yet.
  func owners() throws -> [String] {
    try database.query("SELECT DISTINCT owner FROM model_readings WHERE state = 'waiting' AND owner IS NOT NULL") {
      try $0.string(0)
    }
  }

  /// Makes what these held due at once.
  func release(owner: String, at time: Timestamp) throws {
    try database.execute(
      "UPDATE model_readings SET owner = NULL, due_at = ? WHERE state = 'waiting' AND owner = ?",
      time.microsecondsSinceEpoch, owner)
  }

  /// How many readings wait, and when the first of them is due.
  func backlog() throws -> (count: Int, firstDue: Timestamp?) {
    try database.first("SELECT count(*), min(due_at) FROM model_readings WHERE state = 'waiting'") { row in
      (try row.int(0), try row.optionalInt64(1).map { Timestamp(microsecondsSinceEpoch: $0) })
    } ?? (0, nil)
  }
}
