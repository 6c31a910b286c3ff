/// What an engine's connection gives to `Transaction`: the seam between the face and the engines.
///
/// A connection belongs to one thread. Beginning and ending transactions is the engine's own business, so that it can
/// group them; `Transaction` only runs statements inside.
protocol DatabaseConnection: AnyObject {
  var dialect: SQLDialect { get }

  /// A statement of this text, reset and without values. `?` stands for a parameter in every engine. It is the
  /// caller's until `giveBack`.
  func takeStatement(_ sql: String) throws(DatabaseError) -> any PreparedStatement

  func giveBack(_ statement: any PreparedStatement)

  /// Runs several statements separated by `;`.
  func executeScript(_ sql: String) throws(DatabaseError)

  /// One step of a savepoint within the transaction. They nest.
  func savepoint(_ step: SavepointStep) throws(DatabaseError)

  var lastInsertedID: Int64 { get }
}

/// What is done with a savepoint.
enum SavepointStep {
  case begin, release
  /// Undoes what came after `begin`, and ends the savepoint.
  case rollBack
}
