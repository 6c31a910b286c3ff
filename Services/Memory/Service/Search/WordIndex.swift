import RuntimeHost

/// The full text index over the current texts, seen from inside a transaction.
///
/// It holds the terms of ``SearchTokenizer``. A memory's owners are terms of their own beside them, so that a search of
/// one user's memories does not walk through everybody's. Both engines find the same memories; how they rank them is
/// their own: what holds more of the phrases and rarer ones stands first.
protocol WordIndex {
  func insert(_ memories: [Memory]) throws

  /// - Parameter memory: As it was inserted.
  func remove(_ memory: Memory) throws

  /// Finds the memories that hold one of the phrases, or all of them, best first.
  ///
  /// - Parameters:
  ///   - phrases: At least one.
  ///   - userID: Whose memories are looked through; the statement's reader compares the ids themselves.
  func ranking(
    of phrases: [SearchPhrase], matching mode: SearchQuery.Match, userID: String?, agentID: String?
  ) -> SearchRanking
}

enum WordIndexes {
  /// The index that the transaction's engine has.
  static func index(in database: Transaction) -> any WordIndex {
    switch database.dialect {
    case .sqlite: SQLiteWordIndex(database: database)
    case .postgresql: PostgreSQLWordIndex(database: database)
    }
  }
}
