import CSQLite

/// A statement of one SQLite connection, finalised with the object.
final class SQLiteStatement: PreparedStatement {
  let sql: String
  let parameterCount: Int
  let columnCount: Int
  private let handle: OpaquePointer
  private let database: OpaquePointer
  private let isReadOnly: Bool
  private var failedBinding: DatabaseError?
  private var changesBefore: Int64 = 0
  private var isRunning = false
  /// What the first step of a run that was started has found.
  private var firstStep: Bool?
  /// The connection's own bookkeeping: whether somebody uses it now.
  var isTaken = false

  init(_ sql: String, on database: OpaquePointer) throws(DatabaseError) {
    var handle: OpaquePointer?
    var sqlCopy = sql
    var hasMore = false
    let code = sqlCopy.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { text in
        var rest: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v3(
          database, text.baseAddress, Int32(text.count), UInt32(SQLITE_PREPARE_PERSISTENT), &handle, &rest)
        if let rest, let base = text.baseAddress {
          hasMore = text[(rest - base)...].contains { $0 > 32 && $0 != 59 }
        }
        return code
      }
    }
    guard code == SQLITE_OK else { throw DatabaseError(sqlite: database, code: code, sql: sql) }
    guard let handle else { throw DatabaseError(.syntax, "there is no statement in the text", sql: sql) }
    guard !hasMore else {
      sqlite3_finalize(handle)
      throw DatabaseError(.syntax, "more than one statement; use executeScript", sql: sql)
    }
    self.sql = sql
    self.handle = handle
    self.database = database
    parameterCount = Int(sqlite3_bind_parameter_count(handle))
    columnCount = Int(sqlite3_column_count(handle))
    isReadOnly = sqlite3_stmt_readonly(handle) != 0
  }

  deinit {
    sqlite3_finalize(handle)
  }

  func bindNull(_ index: Int) {
    note(sqlite3_bind_null(handle, Int32(index)))
  }

  func bind(_ index: Int, _ value: Int64) {
    note(sqlite3_bind_int64(handle, Int32(index), value))
  }

  func bind(_ index: Int, _ value: Double) {
    note(sqlite3_bind_double(handle, Int32(index), value))
  }

  func bindText(_ index: Int, borrowing bytes: UnsafeRawBufferPointer) {
    note(roost_sqlite3_bind_text_borrowing(handle, Int32(index), bytes.baseAddress, UInt64(bytes.count)))
  }

  func bindText(_ index: Int, copying bytes: UnsafeRawBufferPointer) {
    note(roost_sqlite3_bind_text_copying(handle, Int32(index), bytes.baseAddress, UInt64(bytes.count)))
  }

  func bindBlob(_ index: Int, borrowing bytes: UnsafeRawBufferPointer) {
    note(roost_sqlite3_bind_blob_borrowing(handle, Int32(index), bytes.baseAddress, UInt64(bytes.count)))
  }

  func bindBlob(_ index: Int, copying bytes: UnsafeRawBufferPointer) {
    note(roost_sqlite3_bind_blob_copying(handle, Int32(index), bytes.baseAddress, UInt64(bytes.count)))
  }

  func start() throws(DatabaseError) {
    firstStep = try step()
  }

  func step() throws(DatabaseError) -> Bool {
    if let firstStep {
      self.firstStep = nil
      return firstStep
    }
    if let failedBinding { throw failedBinding }
    if !isRunning {
      isRunning = true
      if !isReadOnly { changesBefore = sqlite3_total_changes64(database) }
    }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw DatabaseError(sqlite: database, code: code, sql: sql)
    }
  }

  func enqueue(_ translation: ((DatabaseError) -> any Error)?) throws {
    defer { reset() }
    do throws(DatabaseError) { while try step() {} } catch { throw translation?(error) ?? error }
  }

  var changedRows: Int {
    // `changes` keeps the count of an earlier statement when this one was no INSERT, UPDATE or DELETE.
    guard !isReadOnly, sqlite3_total_changes64(database) != changesBefore else { return 0 }
    return Int(sqlite3_changes64(database))
  }

  func reset() {
    sqlite3_reset(handle)
    isRunning = false
    firstStep = nil
    failedBinding = nil
  }

  /// Lets go of every value, borrowed ones included.
  func clear() {
    reset()
    if parameterCount > 0 { sqlite3_clear_bindings(handle) }
  }

  func columnType(_ column: Int) -> ColumnType {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  func int64(_ column: Int) -> Int64 {
    sqlite3_column_int64(handle, Int32(column))
  }

  func double(_ column: Int) -> Double {
    sqlite3_column_double(handle, Int32(column))
  }

  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, Int32(column))
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  private func note(_ code: Int32) {
    if code != SQLITE_OK, failedBinding == nil { failedBinding = DatabaseError(sqlite: database, code: code, sql: sql) }
  }
}
