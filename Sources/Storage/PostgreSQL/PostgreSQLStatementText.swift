/// A statement as the server knows it: its name there, and the types of what goes in and comes out.
///
/// Belongs to one connection; several `PostgreSQLStatement` may run it at a time.
final class PostgreSQLStatementText {
  let sql: String
  let name: String
  let parameterCount: Int
  var parameterTypes: [UInt32] = []
  var columnTypes: [UInt32] = [] {
    didSet { readsBinary = columnTypes.allSatisfy(PostgreSQLType.isBinary) }
  }
  private(set) var readsBinary = true

  init(sql: String, name: String, parameterCount: Int) {
    self.sql = sql
    self.name = name
    self.parameterCount = parameterCount
  }
}
