import Storage

extension Row {
  /// Text that may hold U+0000, which PostgreSQL's TEXT refuses: TEXT in SQLite, BYTEA in PostgreSQL.
  public func rawText(_ column: Int) throws(DatabaseError) -> String {
    String(decoding: try bytes(column), as: UTF8.self)
  }

  /// The same; nil for `NULL`.
  public func optionalRawText(_ column: Int) throws(DatabaseError) -> String? {
    isNull(column) ? nil : try rawText(column)
  }
}
