import RuntimeHost

extension MemoryStore {
  /// Makes the next version of a memory. The version before stays in the history.
  /// - Returns: The memory as it stands then, and the names of the fields that changed: none when it was so already.
  func update(_ memory: Memory, with change: MemoryChange, at time: Timestamp) throws -> (Memory, changed: [String]) {
    var next = memory
    var changed: [String] = []
    if let content = change.content, !ExactComparison.isSame(content, memory.content) {
      changed.append("content")
      next.content = content
    }
    if let filters = change.filters, !ExactComparison.isSame(filters, memory.filters) {
      changed.append("filters")
      next.filters = filters
    }
    guard !changed.isEmpty else { return (memory, []) }
    next.version += 1
    next.updatedAt = time
    if changed.contains("content") {
      next.contentVersion = next.version
      try words.remove(memory)
      try words.insert([next])
      try EntityIndex(in: database).remove(row: memory.rowID)
    }
    try keep(memory, withContent: true)
    try database.execute(
      "UPDATE memories SET version = ?, content_version = ?, content = ?, filters = ?, updated_at = ? WHERE row_id = ?",
      next.version, next.contentVersion, next.content, JSONValue.object(next.filters).text,
      time.microsecondsSinceEpoch, memory.rowID)
    return (next, changed)
  }

  /// Deletes a memory: its text and labels are erased from every version and from the indexes. What stays is that
  /// there were such versions, and when.
  /// - Returns: The number of the version that the deletion makes.
  func delete(_ memory: Memory, at time: Timestamp) throws -> Int {
    try words.remove(memory)
    try EntityIndex(in: database).remove(row: memory.rowID)
    try AnswerCache(in: database).forget(texts(of: memory))
    try database.execute(
      "UPDATE memory_versions SET content = NULL, filters = NULL WHERE row_id = ?", memory.rowID)
    try keep(memory, withContent: false)
    let version = memory.version + 1
    try database.execute(
      """
      UPDATE memories SET version = ?, content_version = ?, content = NULL, filters = NULL, updated_at = ?,
        deleted_at = ? WHERE row_id = ?
      """, version, version, time.microsecondsSinceEpoch, time.microsecondsSinceEpoch, memory.rowID)
    return version
  }

  /// The memory's texts, of every version.
  private func texts(of memory: Memory) throws -> Set<String> {
    let earlier = try database.query(
      "SELECT content FROM memory_versions WHERE row_id = ? AND content IS NOT NULL", memory.rowID
    ) { try $0.rawText(0) }
    return Set(earlier + [memory.content])
  }

  private func keep(_ memory: Memory, withContent: Bool) throws {
    try database.execute(
      "INSERT INTO memory_versions (row_id, version, content, filters, updated_at) VALUES (?, ?, ?, ?, ?)",
      memory.rowID, memory.version, withContent ? memory.content : nil,
      withContent ? JSONValue.object(memory.filters).text : nil, memory.updatedAt.microsecondsSinceEpoch)
  }
}
