import RuntimeHost

/// Searches of memories, seen from inside a transaction, which may be a reading one.
struct MemorySearch {
  /// No search finds more than this; what ranks below is left out.
  static let limit = 1000

  let database: Transaction

  init(in database: Transaction) {
    self.database = database
  }

  /// What the query finds, best first; of equals the newest first.
  func matches(for query: SearchQuery) throws -> [SearchMatch] {
    let phrases = query.words.map(SearchPhrase.phrases(in:)) ?? []
    if query.words != nil {
      guard !phrases.isEmpty else { return [] }
      let ranking = WordIndexes.index(in: database).ranking(
        of: phrases, matching: query.match, userID: query.userID, agentID: query.agentID)
      return try matches(
        ranking, narrowedBy: query,
        alsoBy: query.entity == nil
          ? nil : "EXISTS (SELECT 1 FROM memory_entities WHERE row_id = m.row_id AND \(EntityIndex.matches))")
    }
    guard let entity = query.entity else { return [] }
    let ranking = SearchRanking(
      """
      SELECT m.row_id, found.confidence AS score, m.filters
      FROM (SELECT row_id AS memory_row, max(confidence) AS confidence FROM memory_entities WHERE \(EntityIndex.matches)
        GROUP BY row_id) AS found
      JOIN memories m ON m.row_id = found.memory_row WHERE TRUE
      """, values: EntityIndex.values(for: entity))
    return try matches(ranking, narrowedBy: query, alsoBy: nil)
  }

  private func matches(
    _ ranking: SearchRanking, narrowedBy query: SearchQuery, alsoBy condition: String?
  ) throws -> [SearchMatch] {
    var sql = ranking.opening + " AND m.deleted_at IS NULL"
    var values = ranking.values
    func add(_ condition: String, _ value: DatabaseValue) {
      sql += " AND " + condition
      values.append(value)
    }
    if let userID = query.userID { add("m.user_id = ?", .text(userID)) }
    if let agentID = query.agentID { add("m.agent_id = ?", .text(agentID)) }
    if let from = query.from { add("m.created_at >= ?", .integer(from.microsecondsSinceEpoch)) }
    if let to = query.to { add("m.created_at < ?", .integer(to.microsecondsSinceEpoch)) }
    if let condition, let entity = query.entity {
      sql += " AND " + condition
      values += EntityIndex.values(for: entity)
    }
    sql += ranking.ending + " ORDER BY score DESC, row_id DESC"
    // Labels are compared below, so the database cannot know how many rows it takes to find enough.
    if query.filters.isEmpty { sql += " LIMIT \(Self.limit)" }
    var found: [SearchMatch] = []
    try database.forEach(sql, values) { row in
      if try query.filters.isEmpty || hold(query.filters, in: MemoryStore.filters(row.bytes(2))) {
        found.append(SearchMatch(rowID: try row.int64(0), score: try row.double(1)))
      }
      return found.count < Self.limit
    }
    return found
  }

  private func hold(_ wanted: JSONObject, in filters: JSONObject) -> Bool {
    wanted.allSatisfy { filters[$0.key] == $0.value }
  }

  /// The memories of some places of a ranking, each with its reasons. One deleted meanwhile is left out.
  func hits(for matches: [SearchMatch], of query: SearchQuery) throws -> [SearchHit] {
    let memories = try MemoryStore(in: database).memories(rows: matches.map(\.rowID))
    let phrases = query.words.map(SearchPhrase.phrases(in:)) ?? []
    return try matches.compactMap { match in
      guard let memory = memories[match.rowID] else { return nil }
      return SearchHit(
        memory: memory, score: match.score, reasons: try reasons(memory, phrases: phrases, entity: query.entity))
    }
  }

  private func reasons(_ memory: Memory, phrases: [SearchPhrase], entity: String?) throws -> [SearchHit.Reason] {
    let entities = EntityIndex(in: database)
    var reasons: [SearchHit.Reason] = []
    var named: [EntityIndex.Entry] = []
    if !phrases.isEmpty {
      let words = SearchTokenizer.words(in: memory.content)
      let found = phrases.compactMap { phrase in phrase.firstRange(in: words).map { (phrase, range: $0) } }
      if let first = found.min(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        reasons.append(.words(found.map(\.0.text), snippet: Snippet.around(first.range, in: memory.content)))
      }
      named = try entities.entries(row: memory.rowID).filter { entry in
        let words = SearchTokenizer.words(in: entry.name)
        return phrases.contains { $0.firstRange(in: words) != nil }
      }
    }
    if let entity {
      named = try entities.entries(row: memory.rowID, named: entity) + named
    }
    var seen: Set<EntityIndex.Entry> = []
    return reasons + named.filter { seen.insert($0).inserted }.map(SearchHit.Reason.entity)
  }
}
