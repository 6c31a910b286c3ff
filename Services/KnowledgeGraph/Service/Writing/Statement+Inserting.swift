import RuntimeHost

extension Statement {
  /// The row of an `INSERT ... RETURNING id` of one row, which is run unless it has been started.
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
