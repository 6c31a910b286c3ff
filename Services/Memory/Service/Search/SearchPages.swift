import RuntimeHost

/// What searches found beyond their first page, seen from inside a transaction.
///
/// A ranking changes whenever something is added: its words become commoner. So the whole ranking is kept for as long
/// as somebody may turn its pages, and the pages of one search fit together.
struct SearchPages {
  static let retention = Duration.seconds(60 * 60)

  let database: Transaction

  init(in database: Transaction) {
    self.database = database
  }

  func save(_ matches: [SearchMatch], of query: SearchQuery, searchID: String, at time: Timestamp) throws {
    let hits = JSONValue.array(matches.map { .array([JSONValue($0.rowID), .number($0.score)]) })
    try database.execute(
      "INSERT INTO search_pages (search_id, query, hits, expires_at) VALUES (?, ?, ?, ?)",
      searchID, query.stored.text, hits.text, (time + Self.retention).microsecondsSinceEpoch)
  }

  /// A search's query and whole ranking, unless it is unknown or too long ago.
  func search(_ searchID: String, at time: Timestamp) throws -> (query: SearchQuery, matches: [SearchMatch])? {
    try database.first(
      "SELECT query, hits FROM search_pages WHERE search_id = ? AND expires_at > ?", searchID,
      time.microsecondsSinceEpoch
    ) { row in
      let matches = try JSONValue(parsing: row.bytes(1)).arrayValue ?? []
      return (
        try SearchQuery(stored: JSONValue(parsing: row.bytes(0), limits: JSONLimits(maximumDepth: JSONLimits.deepest))),
        matches.compactMap { match in
          guard let row = match[0]?.intValue, let score = match[1]?.doubleValue else { return nil }
          return SearchMatch(rowID: Int64(row), score: score)
        }
      )
    }
  }

  /// Removes searches that have expired.
  /// - Returns: How many; less than the limit when none is left.
  func removeExpired(at time: Timestamp, limit: Int) throws -> Int {
    try database.execute(
      """
      DELETE FROM search_pages WHERE search_id IN
        (SELECT search_id FROM search_pages WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
      """, time.microsecondsSinceEpoch, limit)
  }
}
