import RuntimeHost

extension MemoryStore {
  /// The versions of a memory from the first to the last, a deleted one's as well.
  /// - Parameter after: The version that the page before ended with; 0 for the first page.
  /// - Returns: Nil when there never was a memory of that id.
  func history(of id: String, after: Int, limit: Int) throws -> [MemoryVersion]? {
    guard
      let rowID = try database.first("SELECT row_id FROM memories WHERE memory_id = ?", id, map: { try $0.int64(0) })
    else { return nil }
    return try database.query(
      """
      SELECT version, content, filters, updated_at, 0 FROM memory_versions WHERE row_id = ? AND version > ?
      UNION ALL
      SELECT version, content, filters, updated_at, CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END FROM memories
        WHERE row_id = ? AND version > ?
      ORDER BY version LIMIT ?
      """, rowID, after, rowID, after, limit
    ) { row in
      let version = try row.int(0)
      return MemoryVersion(
        version: version, change: try row.bool(4) ? .deleted : version == 1 ? .created : .updated,
        content: try row.optionalRawText(1), filters: try row.optionalBytes(2).map(Self.filters),
        madeAt: Timestamp(microsecondsSinceEpoch: try row.int64(3)))
    }
  }

  /// A memory as it was created: what the answer to its creation said. Nil when it was erased since.
  func original(row: Int64) throws -> Memory? {
    guard
      var memory = try database.first(
        "SELECT \(Self.columns) FROM memories WHERE row_id = ? AND deleted_at IS NULL", row, map: Self.memory)
    else { return nil }
    guard memory.version > 1 else { return memory }
    let first = try database.first(
      "SELECT content, filters FROM memory_versions WHERE row_id = ? AND version = 1", row
    ) { (try $0.rawText(0), try Self.filters($0.bytes(1))) }
    guard let first else { return nil }
    (memory.content, memory.filters) = first
    (memory.version, memory.contentVersion, memory.updatedAt) = (1, 1, memory.createdAt)
    return memory
  }
}
