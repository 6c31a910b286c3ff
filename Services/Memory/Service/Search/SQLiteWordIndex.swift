import RuntimeHost

/// The index as a table of FTS5, ranked by BM25.
///
/// It is contentless: it keeps no second copy of a text, so what is removed must be given again as it was inserted. The
/// owners' terms have a column of their own.
struct SQLiteWordIndex: WordIndex {
  let database: Transaction

  func insert(_ memories: [Memory]) throws {
    let insert = try database.prepare("INSERT INTO memory_words (rowid, scope, words) VALUES (?, ?, ?)")
    for memory in memories {
      insert.bind(1, memory.rowID)
      insert.bind(2, Self.scope(userID: memory.userID, agentID: memory.agentID).joined(separator: " "))
      insert.bind(3, SearchTokenizer.terms(of: memory.content))
      try insert.run()
    }
  }

  func remove(_ memory: Memory) throws {
    try database.execute(
      "INSERT INTO memory_words (memory_words, rowid, scope, words) VALUES ('delete', ?, ?, ?)",
      memory.rowID, Self.scope(userID: memory.userID, agentID: memory.agentID).joined(separator: " "),
      SearchTokenizer.terms(of: memory.content))
  }

  func ranking(
    of phrases: [SearchPhrase], matching mode: SearchQuery.Match, userID: String?, agentID: String?
  ) -> SearchRanking {
    SearchRanking(
      """
      SELECT m.row_id, -bm25(memory_words, 0.0, 1.0) AS score, m.filters
      FROM memory_words JOIN memories m ON m.row_id = memory_words.rowid WHERE memory_words MATCH ?
      """, values: [.text(Self.expression(for: phrases, matching: mode, userID: userID, agentID: agentID))])
  }

  /// The FTS5 expression for phrases. Everything in it is a quoted term, so no question can break it.
  private static func expression(
    for phrases: [SearchPhrase], matching mode: SearchQuery.Match, userID: String?, agentID: String?
  ) -> String {
    let wanted = phrases.map { "\"\($0.terms.joined(separator: " "))\"" }
      .joined(separator: mode == .all ? " AND " : " OR ")
    let owners = scope(userID: userID, agentID: agentID).map { "scope : \"\($0)\"" }
    return (owners + ["words : (\(wanted))"]).joined(separator: " AND ")
  }

  /// One term for each owner: letters and digits whatever the id holds.
  private static func scope(userID: String?, agentID: String?) -> [String] {
    [("u", userID), ("a", agentID)].compactMap { kind, id in id.map { kind + OwnerTerm.of($0) } }
  }
}
