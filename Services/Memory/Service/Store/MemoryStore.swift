import RuntimeHost

/// The memories of one database, seen from inside a transaction.
///
/// Lives as long as the transaction and on its thread. It keeps the index of words in step with the texts, and takes
/// the entities of a text away with the text. Errors are the database's.
struct MemoryStore {
  let database: Transaction

  init(in database: Transaction) {
    self.database = database
  }

  var words: any WordIndex { WordIndexes.index(in: database) }

  static let columns =
    "row_id, memory_id, version, content_version, content, user_id, agent_id, filters, created_at, updated_at"

  /// Stores a new memory as its version 1.
  func create(_ draft: MemoryDraft, id: String, at time: Timestamp) throws -> Memory {
    try create([(id, draft)], at: time)[0]
  }

  /// Stores new memories, many with one statement, each as its version 1.
  func create(_ drafts: [(id: String, draft: MemoryDraft)], at time: Timestamp) throws -> [Memory] {
    var memories: [Memory] = []
    memories.reserveCapacity(drafts.count)
    for group in RowGroups(drafts.count) {
      let rowIDs = try insert(drafts[group.rows], group, at: time)
      for (id, draft) in drafts[group.rows] {
        guard let rowID = rowIDs[id] else { throw DatabaseError(.other, "a new memory has no row") }
        memories.append(
          Memory(
            rowID: rowID, id: id, version: 1, contentVersion: 1, content: draft.content, userID: draft.userID,
            agentID: draft.agentID, filters: draft.filters, createdAt: time, updatedAt: time))
      }
    }
    try words.insert(memories)
    return memories
  }

  /// - Returns: The new rows by the memories' ids.
  private func insert(
    _ drafts: ArraySlice<(id: String, draft: MemoryDraft)>, _ group: RowGroups.Group, at time: Timestamp
  ) throws -> [String: Int64] {
    let time = DatabaseValue.integer(time.microsecondsSinceEpoch)
    let values = drafts.flatMap { id, draft in
      [
        .text(id), .text(draft.content), draft.userID.databaseValue, draft.agentID.databaseValue,
        .text(JSONValue.object(draft.filters).text), time, time,
      ]
    }
    let rows = try database.query(
      """
      INSERT INTO memories
        (memory_id, version, content_version, content, user_id, agent_id, filters, created_at, updated_at)
      VALUES \(group.placeholders("(?, 1, 1, ?, ?, ?, ?, ?, ?)")) RETURNING memory_id, row_id
      """, values
    ) { (try $0.string(0), try $0.int64(1)) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  /// The memory, unless there is none of that id or it was deleted.
  func memory(_ id: String) throws -> Memory? {
    try database.first(
      "SELECT \(Self.columns) FROM memories WHERE memory_id = ? AND deleted_at IS NULL", id, map: Self.memory)
  }

  /// The memories of those rows that are still there, in no particular order.
  func memories(rows: [Int64]) throws -> [Int64: Memory] {
    var found: [Int64: Memory] = [:]
    let statement = try database.prepare(
      "SELECT \(Self.columns) FROM memories WHERE row_id = ? AND deleted_at IS NULL")
    for row in rows {
      statement.bind(1, row)
      try statement.forEach {
        found[row] = try Self.memory($0)
        return false
      }
    }
    return found
  }

  /// Memories from the newest to the oldest.
  ///
  /// What is added meanwhile stands before the first page, so paging by the last row seen misses and repeats nothing.
  /// - Parameter before: The row of the last memory of the page before.
  func list(userID: String?, agentID: String?, before: Int64?, limit: Int) throws -> [Memory] {
    var conditions = ["deleted_at IS NULL"]
    var values: [DatabaseValue] = []
    if let userID {
      conditions.append("user_id = ?")
      values.append(.text(userID))
    }
    if let agentID {
      conditions.append("agent_id = ?")
      values.append(.text(agentID))
    }
    if let before {
      conditions.append("row_id < ?")
      values.append(.integer(before))
    }
    values.append(.integer(Int64(limit)))
    return try database.query(
      """
      SELECT \(Self.columns) FROM memories WHERE \(conditions.joined(separator: " AND "))
      ORDER BY row_id DESC LIMIT ?
      """, values, map: Self.memory)
  }

  static func memory(_ row: Row) throws -> Memory {
    Memory(
      rowID: try row.int64(0), id: try row.string(1), version: try row.int(2), contentVersion: try row.int(3),
      content: try row.rawText(4), userID: try row.optionalRawText(5), agentID: try row.optionalRawText(6),
      filters: try filters(row.bytes(7)), createdAt: Timestamp(microsecondsSinceEpoch: try row.int64(8)),
      updatedAt: Timestamp(microsecondsSinceEpoch: try row.int64(9)))
  }

  static func filters(_ stored: [UInt8]) throws -> JSONObject {
    // The commonest value by far is worth no parser.
    if stored.count == 2 { return [:] }
    return try JSONValue(parsing: stored, limits: JSONLimits(maximumDepth: JSONLimits.deepest)).objectValue ?? [:]
  }
}
