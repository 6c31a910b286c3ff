import RuntimeHost

/// What models have said of texts, by the text's hash and the extractor's version, seen from inside a transaction.
///
/// A text that comes again costs nothing. What is kept is what the model said; it is held against the text each time.
struct AnswerCache {
  /// An answer that is not asked for goes after this.
  static let retention = Duration.seconds(30 * 86_400)
  static let rowLimit = 10_000
  /// A longer answer is not kept, in bytes.
  static let answerLimit = 32 * 1024

  let database: Transaction

  init(in database: Transaction) { self.database = database }

  static func hash(of text: String) -> String { SHA256.hexadecimal(of: text.utf8) }

  func answer(to hash: String, by extractor: String, at time: Timestamp) throws -> JSONValue? {
    try database.first(
      "UPDATE model_answers SET used_at = ? WHERE text_hash = ? AND extractor = ? RETURNING answer",
      time.microsecondsSinceEpoch, hash, extractor
    ) { try JSONValue(parsing: $0.bytes(0)) }
  }

  func save(_ answer: JSONValue, to hash: String, by extractor: String, at time: Timestamp) throws {
    let text = answer.text
    guard text.utf8.count <= Self.answerLimit else { return }
    try database.execute(
      """
      INSERT INTO model_answers (text_hash, extractor, answer, used_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (text_hash, extractor) DO UPDATE SET answer = excluded.answer, used_at = excluded.used_at
      """, hash, extractor, text, time.microsecondsSinceEpoch)
  }

  /// Forgets what was said of a deleted memory's texts: an answer holds their words.
  ///
  /// - Parameter texts: Asked for when there are answers at all.
  func forget(_ texts: @autoclosure () throws -> Set<String>) throws {
    guard try database.first("SELECT 1 FROM model_answers LIMIT 1", map: { _ in true }) != nil else { return }
    for text in try texts() {
      try database.execute("DELETE FROM model_answers WHERE text_hash = ?", Self.hash(of: text))
    }
  }

  /// Removes answers that were not asked for in a long time, and the ones unused longest beyond the limit.
  ///
  /// - Returns: How many; less than the limit when none is left.
  func prune(at time: Timestamp, limit: Int, rowLimit: Int = Self.rowLimit) throws -> Int {
    let count = try database.first("SELECT count(*) FROM model_answers") { try $0.int(0) } ?? 0
    let surplus = min(max(0, count - rowLimit), limit)
    var removed = try database.execute(
      """
      DELETE FROM model_answers WHERE (text_hash, extractor) IN
        (SELECT text_hash, extractor FROM model_answers WHERE used_at <= ? ORDER BY used_at LIMIT ?)
      """, (time - Self.retention).microsecondsSinceEpoch, limit)
    guard surplus > removed else { return removed }
    removed += try database.execute(
      """
      DELETE FROM model_answers WHERE (text_hash, extractor) IN
        (SELECT text_hash, extractor FROM model_answers ORDER BY used_at LIMIT ?)
      """, surplus - removed)
    return removed
  }
}
