import RuntimeHost

/// The full text index over the current texts, seen from inside a transaction.
///
/// It holds terms alone, no text: what is removed must be given again as it was inserted. A memory's owners are terms
/// of a column of their own, so that a search of one user's memories does not walk through everybody's.
struct WordIndex {
  let database: Transaction

  init(in database: Transaction) {
    self.database = database
  }

  func insert(_ memory: Memory) throws {
    try database.execute(
      "INSERT INTO memory_words (rowid, scope, words) VALUES (?, ?, ?)",
      memory.rowID, Self.scope(userID: memory.userID, agentID: memory.agentID).joined(separator: " "),
      SearchTokenizer.terms(of: memory.content))
  }

  /// - Parameter memory: As it was inserted.
  func remove(_ memory: Memory) throws {
    try database.execute(
      "INSERT INTO memory_words (memory_words, rowid, scope, words) VALUES ('delete', ?, ?, ?)",
      memory.rowID, Self.scope(userID: memory.userID, agentID: memory.agentID).joined(separator: " "),
      SearchTokenizer.terms(of: memory.content))
  }

  /// The FTS5 expression for phrases. Everything in it is a quoted term, so no question can break it.
  /// - Parameter phrases: At least one.
  static func expression(
    for phrases: [SearchPhrase], matching mode: SearchQuery.Match, userID: String?, agentID: String?
  ) -> String {
    let wanted = phrases.map { "\"\($0.terms.joined(separator: " "))\"" }
      .joined(separator: mode == .all ? " AND " : " OR ")
    let owners = scope(userID: userID, agentID: agentID).map { "scope : \"\($0)\"" }
    return (owners + ["words : (\(wanted))"]).joined(separator: " AND ")
  }

  /// One term for each owner: letters and digits whatever the id holds.
  private static func scope(userID: String?, agentID: String?) -> [String] {
    [("u", userID), ("a", agentID)].compactMap { kind, id in id.map { kind + hexadecimal($0) } }
  }

  private static func hexadecimal(_ text: String) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.utf8.count * 2)
    for byte in text.utf8 {
      for nibble in [byte >> 4, byte & 15] { digits.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
