import RuntimeHost

extension Statement {
  /// Runs an `INSERT ... RETURNING id` of one row.
  func insertedRow() throws -> Int64 {
    var inserted: Int64?
    try forEach { row in
      inserted = try row.int64(0)
      return true
    }
    guard let inserted else { throw DatabaseError(.other, "an insert returned no row") }
    return inserted
  }
}
