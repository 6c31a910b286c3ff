import CSQLite

/// One connection to a SQLite file and its cached statements. Belongs to the thread that opened it.
final class SQLiteConnection: DatabaseConnection {
  /// Statements kept prepared. A service has some dozens; what is built from data must not fill the memory.
  private static let cachedStatements = 256

  let handle: OpaquePointer
  private var statements: [String: SQLiteStatement] = [:]
  /// Pages in the write-ahead log after the last commit of this connection.
  private(set) var logPages = 0

  init(owning handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  var dialect: SQLDialect { .sqlite }

  var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Whether a transaction is open. SQLite ends one by itself after some errors (no room, a failed read).
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  func takeStatement(_ sql: String) throws(DatabaseError) -> any PreparedStatement {
    if let cached = statements[sql], !cached.isTaken {
      cached.isTaken = true
      return cached
    }
    let statement = try SQLiteStatement(sql, on: handle)
    statement.isTaken = true
    if statements[sql] == nil {
      if statements.count >= Self.cachedStatements { statements = statements.filter { $0.value.isTaken } }
      statements[sql] = statement
    }
    return statement
  }

  func giveBack(_ statement: any PreparedStatement) {
    guard let statement = statement as? SQLiteStatement else { return }
    statement.clear()
    statement.isTaken = false
  }

  func executeScript(_ sql: String) throws(DatabaseError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(sqlite: handle, code: code, sql: sql) }
  }

  func savepoint(_ step: SavepointStep) throws(DatabaseError) {
    switch step {
    case .begin: try execute("SAVEPOINT roost_nested")
    case .release: try execute("RELEASE roost_nested")
    case .rollBack:
      try execute("ROLLBACK TO roost_nested")
      try execute("RELEASE roost_nested")
    }
  }

  /// Runs one statement without parameters, prepared once for the connection.
  func execute(_ sql: String) throws(DatabaseError) {
    let statement = try takeStatement(sql)
    defer { giveBack(statement) }
    while try statement.step() {}
  }

  /// Counts the log's pages in `logPages` instead of copying them back inside somebody's commit.
  func countLogPages() {
    sqlite3_wal_hook(
      handle,
      { context, _, _, pages in
        guard let context else { return SQLITE_OK }
        Unmanaged<SQLiteConnection>.fromOpaque(context).takeUnretainedValue().logPages = Int(pages)
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Copies as much of the log into the database as readers and writers allow, without waiting for either.
  func checkpoint() {
    sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
  }
}
