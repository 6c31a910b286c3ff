import CSQLite

extension DatabaseError {
  /// The error that a connection reported last.
  init(sqlite handle: OpaquePointer?, code: Int32, sql: String? = nil) {
    let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
    let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
    // The connection's state may be of a later call than the code: the code decides then.
    let fitting = extended & 0xff == code & 0xff ? extended : code
    self.init(Self.kind(of: fitting), message, sql: sql, code: Int(fitting))
  }

  private static func kind(of code: Int32) -> Kind {
    switch code {
    case 2067, 1555, 2579: return .uniqueViolation  // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID
    case 787: return .foreignKeyViolation  // SQLITE_CONSTRAINT_FOREIGNKEY
    default: break
    }
    return switch code & 0xff {
    case SQLITE_CONSTRAINT: .constraintViolation
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_FULL: .diskFull
    case SQLITE_READONLY: .readOnly
    case SQLITE_CORRUPT: .corrupt
    case SQLITE_NOTADB: .notADatabase
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .cannotOpen
    case SQLITE_IOERR: .inputOutput
    case SQLITE_ERROR, SQLITE_RANGE: .syntax
    case SQLITE_TOOBIG, SQLITE_MISMATCH: .constraintViolation
    default: .other
    }
  }
}
