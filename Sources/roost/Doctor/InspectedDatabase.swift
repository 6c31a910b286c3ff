import CSQLite

/// A database file that is looked at and not changed; a server may have it open.
///
/// Belongs to the task that opened it.
struct InspectedDatabase: ~Copyable {
  private let handle: OpaquePointer

  /// - Throws: A `CommandError` with SQLite's own words.
  init(path: String) throws(CommandError) {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY, nil)
    guard code == SQLITE_OK, let opened else {
      let message = String(cString: sqlite3_errstr(code))
      sqlite3_close_v2(opened)
      throw CommandError(.failure, message)
    }
    handle = opened
    sqlite3_busy_timeout(handle, 5_000)
  }

  deinit { sqlite3_close_v2(handle) }

  /// What SQLite finds wrong when it reads the whole file; nothing when it is sound.
  func problems() throws(CommandError) -> [String] {
    try rows("PRAGMA quick_check(5)").compactMap(\.first).filter { $0 != "ok" }
  }

  /// The number of the last migration of each component.
  func schemas() throws(CommandError) -> [String: Int] {
    guard try !rows("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").isEmpty else { return [:] }
    var schemas: [String: Int] = [:]
    for row in try rows("SELECT component, MAX(number) FROM schema_migrations GROUP BY component ORDER BY component") {
      schemas[row[0]] = Int(row[1])
    }
    return schemas
  }

  private func rows(_ sql: String) throws(CommandError) -> [[String]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure }
    defer { sqlite3_finalize(statement) }
    var rows: [[String]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(
          (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
          })
      case SQLITE_DONE: return rows
      default: throw failure
      }
    }
  }

  private var failure: CommandError { CommandError(.failure, String(cString: sqlite3_errmsg(handle))) }
}
