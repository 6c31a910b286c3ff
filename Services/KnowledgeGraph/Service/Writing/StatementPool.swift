import RuntimeHost

/// The statements of one transaction, each used again once its rows were taken: on SQLite preparing one costs more than
/// running it.
final class StatementPool {
  /// A statement in use, and its text.
  struct Use {
    let statement: Statement
    fileprivate let sql: String
  }

  private let transaction: Transaction
  private var free: [String: [Statement]] = [:]

  init(_ transaction: Transaction) {
    self.transaction = transaction
  }

  /// A statement of that text which nobody uses. What was bound to it before has to be bound anew.
  func take(_ sql: String) throws -> Use {
    if let statement = free[sql]?.popLast() { return Use(statement: statement, sql: sql) }
    return Use(statement: try transaction.prepare(sql), sql: sql)
  }

  /// Takes the rows of a statement that was started, and the statement back.
  func finish(_ use: Use, _ body: (Row) throws -> Void) throws {
    try use.statement.forEach { row in
      try body(row)
      return true
    }
    free[use.sql, default: []].append(use.statement)
  }
}
