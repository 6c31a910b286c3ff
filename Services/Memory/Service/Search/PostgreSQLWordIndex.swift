import RuntimeHost

/// The index as vectors of terms under a GIN index.
///
/// The index itself finds the memories that hold the right terms; where words must stand side by side, their places in
/// the vector tell. A vector tells places up to 16,383 and 256 places of a term: the few texts that go beyond keep their
/// terms in order as well, in `unplaced`. An owner's term has a colon, which no word's has, and no place.
///
/// `ts_rank` takes a common word for as telling as a rare one. So each phrase's rank is weighed by how rare it is among
/// the memories found, as BM25 does. The statement's `OFFSET 0` keeps PostgreSQL from ranking a memory anew wherever its
/// rank is named.
struct PostgreSQLWordIndex: WordIndex {
  /// The last place in a text that a vector can tell.
  private static let lastPlace = 16_383
  /// How many places of one term a vector can tell.
  private static let placesOfTerm = 255
  /// A term of a vector has 2,046 bytes at most. Of two ids that begin alike the wrong one's memories are left out when
  /// the ids themselves are compared.
  private static let longestOwner = 2_000
  /// A number with a point is decimal in PostgreSQL, which is slow.
  private static let half = "CAST(0.5 AS DOUBLE PRECISION)"

  let database: Transaction

  func insert(_ memories: [Memory]) throws {
    for group in RowGroups(memories.count) {
      let values = memories[group.rows].flatMap { memory -> [DatabaseValue] in
        let terms = SearchTokenizer.words(in: memory.content).map(\.term)
        return [
          .integer(memory.rowID), .text(Self.vector(of: terms, userID: memory.userID, agentID: memory.agentID)),
          Self.isPlaced(terms) ? .null : .text(Self.sequence(of: terms)),
        ]
      }
      try database.enqueue(
        """
        INSERT INTO memory_words (row_id, words, unplaced)
        VALUES \(group.placeholders("(?, CAST(? AS tsvector), ?)"))
        """, values)
    }
  }

  func remove(_ memory: Memory) throws {
    try database.execute("DELETE FROM memory_words WHERE row_id = ?", memory.rowID)
  }

  func ranking(
    of phrases: [SearchPhrase], matching mode: SearchQuery.Match, userID: String?, agentID: String?
  ) -> SearchRanking {
    var ranks: [String] = []
    var values: [DatabaseValue] = []
    for (place, phrase) in phrases.enumerated() {
      let query = DatabaseValue.text(phrase.terms.map(Self.quoted).joined(separator: " <-> "))
      values.append(query)
      var condition = "w.words @@ CAST(? AS tsquery)"
      if phrase.terms.count > 1 {
        condition += " OR strpos(w.unplaced, ?) > 0"
        values.append(.text(Self.sequence(of: phrase.terms)))
      }
      values.append(query)
      ranks.append("CASE WHEN \(condition) THEN ts_rank(w.words, CAST(? AS tsquery), 1) ELSE 0 END AS rank\(place)")
    }
    values.append(.text(Self.candidates(phrases, matching: mode, userID: userID, agentID: agentID)))
    let weighed = phrases.indices.map { place in
      let count = "count(*) FILTER (WHERE rank\(place) > 0) OVER ()"
      return "rank\(place) * ln(1 + (count(*) OVER () - \(count) + \(Self.half)) / (\(count) + \(Self.half)))"
    }
    let isFound = phrases.indices.map { "rank\($0) > 0" }.joined(separator: mode == .all ? " AND " : " OR ")
    return SearchRanking(
      """
      SELECT row_id, \(weighed.joined(separator: " + ")) AS score, filters
      FROM (SELECT m.row_id, m.filters, \(ranks.joined(separator: ", "))
        FROM memory_words w JOIN memories m ON m.row_id = w.row_id WHERE w.words @@ CAST(? AS tsquery)
      """, values: values, ending: " OFFSET 0) AS found WHERE \(isFound)")
  }

  // MARK: Vectors

  /// A vector in PostgreSQL's notation: the terms with their places, and the owners.
  private static func vector(of terms: [String], userID: String?, agentID: String?) -> String {
    var vector = owners(userID: userID, agentID: agentID).joined(separator: " ")
    for (index, term) in terms.enumerated() { vector += " \(quoted(term)):\(min(index + 1, lastPlace))" }
    return vector
  }

  /// Whether a vector can tell the places of all the terms.
  private static func isPlaced(_ terms: [String]) -> Bool {
    if terms.count <= placesOfTerm { return true }
    var counts: [String: Int] = [:]
    for term in terms { counts[term, default: 0] += 1 }
    return terms.count < lastPlace && counts.values.allSatisfy { $0 <= placesOfTerm }
  }

  /// Terms in order, each between two spaces, so that a phrase's are found side by side and whole.
  private static func sequence(of terms: [String]) -> String { " \(terms.joined(separator: " ")) " }

  // MARK: Queries

  /// What the index is asked: which memories hold the terms of the phrases, wherever they stand.
  private static func candidates(
    _ phrases: [SearchPhrase], matching mode: SearchQuery.Match, userID: String?, agentID: String?
  ) -> String {
    let wanted = phrases.map { "(\($0.terms.map(quoted).joined(separator: " & ")))" }
      .joined(separator: mode == .all ? " & " : " | ")
    return (owners(userID: userID, agentID: agentID) + ["(\(wanted))"]).joined(separator: " & ")
  }

  private static func owners(userID: String?, agentID: String?) -> [String] {
    [("u", userID), ("a", agentID)].compactMap { kind, id in
      id.map { quoted("\(kind):\(OwnerTerm.of($0).prefix(longestOwner))") }
    }
  }

  /// A term as it stands in a vector or a query, whatever characters it has.
  private static func quoted(_ term: String) -> String {
    "'\(term.replacing("\\", with: "\\\\").replacing("'", with: "''"))'"
  }
}
