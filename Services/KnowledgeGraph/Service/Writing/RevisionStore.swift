import RuntimeHost

/// The log of what the graph was told of each memory. The last revision of a memory is in force.
final class RevisionStore {
  private static let columns = "memory_id, id, memory_version, is_deletion, precedence, event_id"

  private let transaction: Transaction
  private let pool: StatementPool
  private var asked: [StatementPool.Use] = []
  private var lasts: [String: Revision] = [:]

  init(_ transaction: Transaction, _ pool: StatementPool) {
    self.transaction = transaction
    self.pool = pool
  }

  /// Asks for the last revision of each of these memories, without waiting for the answer.
  func ask(for memoryIDs: [String]) throws {
    for group in RowGroups(memoryIDs.count) {
      let find = try pool.take(
        """
        SELECT \(Self.columns) FROM revisions WHERE id IN (
          SELECT max(id) FROM revisions WHERE memory_id IN (\(group.placeholders("?"))) GROUP BY memory_id)
        """)
      for (index, id) in memoryIDs[group.rows].enumerated() { find.statement.bind(index + 1, id) }
      try find.statement.start()
      asked.append(find)
    }
  }

  /// The last revision of a memory that was asked for, or of which one was appended since.
  func last(of memoryID: String) throws -> Revision? {
    for find in asked {
      try pool.finish(find) { row in
        lasts[try row.string(0)] = Revision(
          rowID: try row.int64(1), memoryVersion: try row.int(2), isDeletion: try row.bool(3),
          precedence: try row.int(4), eventID: try row.string(5))
      }
    }
    asked = []
    return lasts[memoryID]
  }

  /// A revision that is being appended.
  struct Appending {
    fileprivate let memoryID: String
    fileprivate let use: StatementPool.Use
    fileprivate let revision: (Int64) -> Revision
  }

  /// Appends a revision without waiting for its row, which `finish` gives.
  /// - Parameter extractor: `nil` for a deletion.
  func append(
    memoryID: String, version: Int, eventID: String, extractor: String?, precedence: Int = 0
  ) throws -> Appending {
    let insert = try pool.take(
      """
      INSERT INTO revisions (memory_id, memory_version, is_deletion, event_id, extractor, precedence)
      VALUES (?, ?, ?, ?, ?, ?) RETURNING id
      """)
    insert.statement.bind(1, memoryID)
    insert.statement.bind(2, version)
    insert.statement.bind(3, extractor == nil ? 1 : 0)
    insert.statement.bind(4, eventID)
    insert.statement.bind(5, extractor)
    insert.statement.bind(6, precedence)
    try insert.statement.start()
    return Appending(memoryID: memoryID, use: insert) { rowID in
      Revision(
        rowID: rowID, memoryVersion: version, isDeletion: extractor == nil, precedence: precedence, eventID: eventID)
    }
  }

  /// The new revision's row. From now on it is the memory's last.
  func finish(_ appending: Appending) throws -> Int64 {
    var rowID: Int64?
    try pool.finish(appending.use) { rowID = try $0.int64(0) }
    guard let rowID else { throw DatabaseError(.other, "a new revision has no row") }
    lasts[appending.memoryID] = appending.revision(rowID)
    return rowID
  }

  /// How many entities and believed facts rest on the revision.
  func counts(of revision: Int64) throws -> (entities: Int, facts: Int) {
    try transaction.insertWaitingRows()
    let counts = try transaction.first(
      """
      SELECT (SELECT count(*) FROM mentions WHERE revision = ?),
        (SELECT count(DISTINCT fact) FROM fact_sources WHERE revision = ? AND withdrawn_at = ?)
      """, revision, revision, Period.openEnd.microsecondsSinceEpoch
    ) { (try $0.int(0), try $0.int(1)) }
    return counts ?? (0, 0)
  }
}
