/// Why a transaction's statements are refused until it, or a savepoint in it, is rolled back.
struct PostgreSQLFailure {
  let error: DatabaseError
  /// Whose statement it was, among the transactions of a group.
  let job: Int
  /// What the caller is to be told when it was a deferred statement; `nil` when its error was thrown where it happened.
  let deferredError: (any Error)?
  /// Whether the closure went on after the error, as it may on an engine where an error ends a statement alone.
  var wasPassedOver = false

  /// Whether the whole transaction has to run again: it lost against another, or a statement was prepared for a table
  /// that has changed since.
  var endsTransaction: Bool {
    error.kind == .serializationFailure || isStaleStatement
  }

  var isStaleStatement: Bool {
    error.sqlState == "26000" || error.sqlState == "0A000" && error.message.contains("cached plan")
  }
}
