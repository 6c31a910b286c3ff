import CSQLite
import Glibc

extension SQLiteConnection {
  enum Role {
    case writer, reader, checkpointer
  }

  /// Opens the file, which is created when it is missing, and sets the connection up.
  /// - Throws: `DatabaseError` whose message names the file.
  static func open(
    path: String, role: Role, configuration: SQLiteConfiguration
  ) throws(DatabaseError) -> SQLiteConnection {
    guard SQLiteLibrary.isReady else { throw DatabaseError(.other, "libsqlite3 cannot be initialised") }
    var handle: OpaquePointer?
    // No mutex: a connection is used by one thread.
    var flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    if role == .writer { flags |= SQLITE_OPEN_CREATE }
    let code = sqlite3_open_v2(path, &handle, flags, nil)
    guard code == SQLITE_OK, let handle else {
      let reason = whyNotOpened(path, code: code, handle: handle)
      sqlite3_close_v2(handle)
      throw reason
    }
    let connection = SQLiteConnection(owning: handle)
    do {
      try connection.setUp(role: role, configuration: configuration)
    } catch {
      throw error.naming(path)
    }
    return connection
  }

  /// Reads every page and its structure; the indexes' contents are not compared with their tables.
  /// - Throws: `.corrupt`, naming the file.
  func quickCheck(_ path: String) throws(DatabaseError) {
    do {
      try quickCheck()
    } catch {
      throw error.naming(path)
    }
  }

  private func quickCheck() throws(DatabaseError) {
    var problem: String?
    do {
      let statement = try takeStatement("PRAGMA quick_check(1)")
      defer { giveBack(statement) }
      if try statement.step() { problem = String(decoding: statement.bytes(0), as: UTF8.self) }
    }
    guard problem == "ok" else {
      throw DatabaseError(.corrupt, "the database is damaged: \(problem ?? "no answer to the check")")
    }
  }

  private func setUp(role: Role, configuration: SQLiteConfiguration) throws(DatabaseError) {
    // A quarter of a second for the writer, which then looks whether anybody still waits; ten for a reader.
    sqlite3_busy_timeout(handle, role == .reader ? 10_000 : 250)
    if role == .writer {
      // A page size counts for a new file only, and only before it is a WAL database.
      try executeScript("PRAGMA page_size = \(configuration.pageSize)")
      try useWriteAheadLog(deadline: .now + configuration.waitLimit)
      if let pages = configuration.maximumPages { try executeScript("PRAGMA max_page_count = \(pages)") }
      countLogPages()
    }
    try executeScript(
      """
      PRAGMA synchronous = \(configuration.synchronous.rawValue);
      PRAGMA foreign_keys = ON;
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
      PRAGMA mmap_size = 0;
      PRAGMA secure_delete = FAST;
      PRAGMA cache_size = -\(role == .checkpointer ? 64 : configuration.cacheKiB);
      PRAGMA journal_size_limit = 67108864;
      """)
    // What savepoints and statements may have to undo is kept in memory: in a file in /tmp it was most of what is written.
    if role == .writer { try executeScript("PRAGMA temp_store = MEMORY") }
    if role == .reader { try executeScript("PRAGMA query_only = ON") }
    // The first read: a damaged header or schema is found here and not in the middle of somebody's work.
    try executeScript("SELECT count(*) FROM sqlite_schema")
  }

  /// Another process may hold the lock that the change of mode needs, and SQLite does not wait for it.
  private func useWriteAheadLog(deadline: ContinuousClock.Instant) throws(DatabaseError) {
    while true {
      do {
        try executeScript("PRAGMA journal_mode = WAL")
        return
      } catch  where error.kind == .busy && ContinuousClock.now < deadline {
        usleep(2_000)
      }
    }
  }

  private static func whyNotOpened(_ path: String, code: Int32, handle: OpaquePointer?) -> DatabaseError {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
    if access(folder.isEmpty ? "/" : folder, W_OK) != 0 {
      message = "the folder is not writable: \(String(cString: strerror(errno)))"
    } else if access(path, F_OK) == 0, access(path, R_OK | W_OK) != 0 {
      message = String(cString: strerror(errno))
    }
    return DatabaseError(.cannotOpen, "\(path): \(message)", code: Int(code))
  }
}

extension DatabaseError {
  /// The same, with the file in front of the message and without the statement, which the caller did not write.
  func naming(_ path: String) -> DatabaseError {
    DatabaseError(kind, "\(path): \(message)", code: code)
  }
}
