import RuntimeHost

/// The log of what the graph was told of each memory. The last revision of a memory is in force.
struct RevisionStore {
  private let transaction: Transaction

  init(_ transaction: Transaction) { self.transaction = transaction }

  func last(of memoryID: String) throws -> Revision? {
    try Self.revision(from: try askForLast(of: memoryID))
  }

  /// Asks for the last revision without waiting for the answer, which `revision(from:)` reads.
  func askForLast(of memoryID: String) throws -> Statement {
    let select = try transaction.prepare(
      """
      SELECT id, memory_version, is_deletion, precedence, event_id FROM revisions WHERE memory_id = ?
      ORDER BY id DESC LIMIT 1
      """)
    select.bind(1, memoryID)
    try select.start()
    return select
  }

  static func revision(from statement: Statement) throws -> Revision? {
    var revision: Revision?
    try statement.forEach { row in
      revision = Revision(
        rowID: try row.int64(0), memoryVersion: try row.int(1), isDeletion: try row.bool(2),
        precedence: try row.int(3), eventID: try row.string(4))
      return false
    }
    return revision
  }

  /// Appends a revision without waiting for its row, which the statement gives: see `Statement.insertedRow`.
  /// - Parameter extractor: `nil` for a deletion.
  func append(
    memoryID: String, version: Int, eventID: String, extractor: String?, precedence: Int = 0
  ) throws -> Statement {
    let insert = try transaction.prepare(
      """
      INSERT INTO revisions (memory_id, memory_version, is_deletion, event_id, extractor, precedence)
      VALUES (?, ?, ?, ?, ?, ?) RETURNING id
      """)
    insert.bind(1, memoryID)
    insert.bind(2, version)
    insert.bind(3, extractor == nil ? 1 : 0)
    insert.bind(4, eventID)
    insert.bind(5, extractor)
    insert.bind(6, precedence)
    try insert.start()
    return insert
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
