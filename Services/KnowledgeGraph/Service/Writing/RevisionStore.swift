import RuntimeHost

/// The log of what the graph was told of each memory. The last revision of a memory is in force.
struct RevisionStore {
  private let transaction: Transaction

  init(_ transaction: Transaction) { self.transaction = transaction }

  func last(of memoryID: String) throws -> Revision? {
    try transaction.first(
      """
      SELECT id, memory_version, is_deletion, precedence, event_id FROM revisions WHERE memory_id = ?
      ORDER BY id DESC LIMIT 1
      """, memoryID
    ) { row in
      Revision(
        rowID: try row.int64(0), memoryVersion: try row.int(1), isDeletion: try row.bool(2),
        precedence: try row.int(3), eventID: try row.string(4))
    }
  }

  /// - Parameter extractor: `nil` for a deletion.
  /// - Returns: The new revision's row.
  func append(
    memoryID: String, version: Int, eventID: String, extractor: String?, precedence: Int = 0
  ) throws -> Int64 {
    let row = try transaction.first(
      """
      INSERT INTO revisions (memory_id, memory_version, is_deletion, event_id, extractor, precedence)
      VALUES (?, ?, ?, ?, ?, ?) RETURNING id
      """, memoryID, version, extractor == nil, eventID, extractor, precedence
    ) { try $0.int64(0) }
    guard let row else { throw DatabaseError(.other, "a new revision has no row") }
    return row
  }

  /// How many entities and believed facts rest on the revision.
  func counts(of revision: Int64) throws -> (entities: Int, facts: Int) {
    let counts = try transaction.first(
      """
      SELECT (SELECT count(*) FROM mentions WHERE revision = ?),
        (SELECT count(DISTINCT fact) FROM fact_sources WHERE revision = ? AND withdrawn_at = ?)
      """, revision, revision, Period.openEnd.microsecondsSinceEpoch
    ) { (try $0.int(0), try $0.int(1)) }
    return counts ?? (0, 0)
  }
}
