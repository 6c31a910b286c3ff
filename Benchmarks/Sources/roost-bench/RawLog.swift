import CSQLite

/// The yardstick of the log: the same table, written and read by the plainest loop over SQLite's own interface.
final class RawLog {
  struct Failure: Error {
    let code: Int32
  }

  private var database: OpaquePointer?
  private var insert: OpaquePointer?
  private var select: OpaquePointer?

  init(path: String) throws {
    try check(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil))
    try run(
      """
      PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE events (
        offset INTEGER PRIMARY KEY, topic_id INTEGER, partition INTEGER, appended_at INTEGER, event_type TEXT,
        event_id TEXT, key TEXT, headers BLOB, value BLOB)
      """)
    try check(
      sqlite3_prepare_v2(
        database,
        """
        INSERT INTO events (topic_id, partition, appended_at, event_type, event_id, key, headers, value)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """, -1, &insert, nil))
    try check(
      sqlite3_prepare_v2(
        database,
        """
        SELECT offset, topic_id, partition, appended_at, event_type, event_id, key, headers, value
        FROM events WHERE offset >= ? ORDER BY offset LIMIT ?
        """, -1, &select, nil))
  }

  deinit {
    sqlite3_finalize(insert)
    sqlite3_finalize(select)
    sqlite3_close(database)
  }

  /// Inserts `count` rows of the same event in one durable transaction.
  func append(_ count: Int, type: [CChar], id: [CChar], key: [CChar], value: [UInt8]) throws {
    try run("BEGIN IMMEDIATE")
    for row in 0..<count {
      sqlite3_bind_int64(insert, 1, 1)
      sqlite3_bind_int64(insert, 2, Int64(row & 15))
      sqlite3_bind_int64(insert, 3, 1)
      sqlite3_bind_text(insert, 4, type, Int32(type.count - 1), nil)
      sqlite3_bind_text(insert, 5, id, Int32(id.count - 1), nil)
      sqlite3_bind_text(insert, 6, key, Int32(key.count - 1), nil)
      sqlite3_bind_null(insert, 7)
      value.withUnsafeBytes { bytes in
        _ = sqlite3_bind_blob(insert, 8, bytes.baseAddress, Int32(bytes.count), nil)
        sqlite3_step(insert)
      }
      sqlite3_reset(insert)
    }
    try run("COMMIT")
  }

  /// Reads so many rows and looks at each value's first byte, as little as can be done with it.
  func read(from offset: Int64, count: Int) -> (rows: Int, sum: Int) {
    sqlite3_bind_int64(select, 1, offset)
    sqlite3_bind_int64(select, 2, Int64(count))
    var rows = 0
    var sum = 0
    while sqlite3_step(select) == SQLITE_ROW {
      rows += 1
      if let bytes = sqlite3_column_blob(select, 8) { sum += Int(bytes.load(as: UInt8.self)) }
    }
    sqlite3_reset(select)
    return (rows, sum)
  }

  private func run(_ sql: String) throws {
    try check(sqlite3_exec(database, sql, nil, nil, nil))
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw Failure(code: code) }
  }
}
