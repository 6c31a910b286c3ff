import RuntimeHost

/// The tokens of each day of UTC, seen from inside a transaction: no more than the limit are spent, whatever happens.
///
/// A call's most is put down before the call and corrected after it. A process that dies in between leaves the most put
/// down: the limit errs on the cheap side.
struct TokenBudget {
  static let day: Int64 = 86_400_000_000

  let database: Transaction

  init(in database: Transaction) { self.database = database }

  /// Puts tokens down for a call.
  ///
  /// - Returns: How long until there are new ones, when there are not so many left; `nil` when the call may be made.
  func reserve(_ tokens: Int, limit: Int, at time: Timestamp) throws -> Duration? {
    let day = Self.day(of: time)
    guard try used(on: day) + tokens <= limit else {
      return .microseconds((day + 1) * Self.day - time.microsecondsSinceEpoch)
    }
    try add(tokens, on: day)
    return nil
  }

  /// Corrects what was put down at a time by what was used.
  func settle(reserved: Int, used: Int, reservedAt time: Timestamp) throws {
    try add(used - reserved, on: Self.day(of: time))
  }

  func used(at time: Timestamp) throws -> Int { try used(on: Self.day(of: time)) }

  /// Forgets days that are long over.
  func prune(at time: Timestamp) throws {
    try database.execute("DELETE FROM model_usage WHERE day < ?", Self.day(of: time) - 400)
  }

  private func used(on day: Int64) throws -> Int {
    try database.first("SELECT tokens FROM model_usage WHERE day = ?", day) { try $0.int(0) } ?? 0
  }

  private func add(_ tokens: Int, on day: Int64) throws {
    try database.execute(
      """
      INSERT INTO model_usage (day, tokens) VALUES (?, ?)
      ON CONFLICT (day) DO UPDATE SET tokens = model_usage.tokens + excluded.tokens
      """, day, tokens)
  }

  private static func day(of time: Timestamp) -> Int64 {
    let microseconds = time.microsecondsSinceEpoch
    return microseconds / day - (microseconds % day < 0 ? 1 : 0)
  }
}
