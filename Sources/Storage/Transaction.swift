/// A transaction under way: what a closure given to `Database.read` or `Database.write` works with.
///
/// Valid inside the closure only, on the thread that runs it; used afterwards, it throws `.closed`. Statements are
/// cached by their text, so the text should be constant and values go in as `?`.
public final class Transaction {
  let connection: any DatabaseConnection
  private var isOpen = true
  private var hooks: [@Sendable () -> Void] = []
  private var prepared: [ObjectIdentifier: any PreparedStatement] = [:]
  var waitingRows: [WaitingRows] = []

  init(on connection: any DatabaseConnection) {
    self.connection = connection
  }

  public var dialect: SQLDialect { connection.dialect }

  /// The row id of the last row inserted on SQLite. On PostgreSQL, which has no row ids, it is 0: use `RETURNING`, which
  /// both have.
  public var lastInsertedID: Int64 { connection.lastInsertedID }

  /// Calls `body` once the transaction is durable, and never when it is undone. It runs on the engine's writer thread:
  /// signal somebody and return.
  public func afterCommit(_ body: @escaping @Sendable () -> Void) {
    hooks.append(body)
  }

  /// A statement for a hot loop: bound by position, without arrays. Valid until the closure returns.
  ///
  /// Once it is let go, the next one with the same text takes its place without being prepared anew.
  public func prepare(_ sql: String) throws -> Statement {
    let statement = try take(sql)
    prepared[ObjectIdentifier(statement)] = statement
    return Statement(statement, in: self)
  }

  func giveBack(_ statement: any PreparedStatement) {
    // After the closure it may be another transaction's.
    guard prepared.removeValue(forKey: ObjectIdentifier(statement)) != nil else { return }
    connection.giveBack(statement)
  }

  /// Runs several statements separated by `;`, without parameters.
  public func executeScript(_ sql: String) throws(DatabaseError) {
    try checkOpen()
    try connection.executeScript(sql)
  }

  /// Runs `body`, and when it throws undoes what it did while the transaction goes on.
  @discardableResult
  public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
    try checkOpen()
    try insertWaitingRows()
    try connection.savepoint(.begin)
    do {
      let value = try body()
      try insertWaitingRows()
      try connection.savepoint(.release)
      return value
    } catch {
      waitingRows.removeAll()
      // It fails when the engine has undone the whole transaction by itself; the first error is the one to tell.
      _ = try? connection.savepoint(.rollBack)
      throw error
    }
  }

  func take(_ sql: String) throws(DatabaseError) -> any PreparedStatement {
    try checkOpen()
    return try connection.takeStatement(sql)
  }

  func checkOpen() throws(DatabaseError) {
    guard isOpen else { throw DatabaseError(.closed, "the transaction was used after its closure returned") }
  }

  /// Ends the closure's use of it. What is to be called after the commit is handed to the engine.
  func finish() -> [@Sendable () -> Void] {
    isOpen = false
    for statement in prepared.values {
      connection.giveBack(statement)
    }
    prepared.removeAll()
    defer { hooks = [] }
    return hooks
  }
}
