import CSQLite

/// Settings of libsqlite3 that hold for the whole process.
enum SQLiteLibrary {
  /// Touched before the first connection is opened; later it would have no effect.
  static let isReady: Bool = {
    _ = roost_sqlite3_disable_memory_statistics()
    return sqlite3_initialize() == SQLITE_OK
  }()
}
