/// A command that was sent to the server and whose answer has not been read yet.
struct PostgreSQLCommand {
  /// Where the answer goes.
  enum Receiver {
    /// Begins and ends of transactions and savepoints: there is nothing to keep.
    case none
    case rows(PostgreSQLStatement, run: Int)
    case description(PostgreSQLStatementText)
    /// The point up to which the server skips what follows an error.
    case sync
  }

  let receiver: Receiver
  /// The statement as it was written, for the error.
  let sql: String?
  /// Whose transaction it belongs to, among those of a group.
  var job = 0
  /// Nobody waits for the answer; what an error of it is to be told as.
  var isDeferred = false
  var translation: ((DatabaseError) -> any Error)?
}
