import CPostgres

extension PostgreSQLConnection {
  /// Runs a caller's closure in the transaction that is open.
  ///
  /// - Returns: What it threw, and what is to be called after the commit. After an error, what was deferred has been
  ///   answered.
  func runClosure(of job: any DatabaseJob) -> (thrown: (any Error)?, hooks: [@Sendable () -> Void]) {
    let transaction = Transaction(on: self)
    do {
      try job.run(in: transaction)
      return (nil, transaction.finish())
    } catch {
      _ = transaction.finish()
      // The error of a deferred statement comes before the one that the closure came to.
      if loss == nil, failure == nil { try? synchronize() }
      return (error, [])
    }
  }

  /// Why nothing more is taken.
  var refusal: DatabaseError {
    loss ?? failure?.error ?? DatabaseError(.other, "the transaction is over")
  }

  /// Begins a transaction that excludes every other writer of the schema, and waits for its turn.
  func beginWriting() throws(DatabaseError) {
    job = PostgreSQLGroup.nobody
    isCareful = false
    try begin("BEGIN")
    try lock()
    try synchronize()
  }

  /// Rolls back what is open. The answer is read with the next one that is needed.
  func endTransaction() {
    guard loss == nil else { return }
    do {
      if failure == nil { try? synchronize() }
      try rollBack("ROLLBACK")
      try flush()
    } catch {
      // The connection is gone, and the transaction with it: `loss` tells the next user.
    }
  }

  /// Whether the commit that left this mark took effect. Asked by who holds the writers' lock, so that it is over.
  func hasCommitted(_ mark: CommitMark) throws -> Bool {
    try Transaction(on: self).first(
      "SELECT 1 FROM \(CommitMark.table) WHERE writer_id = ? AND group_number = ?", mark.writerID, mark.groupNumber
    ) { _ in true } ?? false
  }

  /// Lets the transaction that is open take as long as it takes.
  func liftTimeLimits() throws(DatabaseError) {
    try executeScript("SET LOCAL statement_timeout TO 0; SET LOCAL lock_timeout TO 0")
    answerLimit = nil
  }
}
