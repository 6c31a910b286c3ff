import Storage

extension ServiceTransaction {
  /// Runs a statement to its end.
  /// - Returns: The number of rows inserted, updated or deleted.
  @discardableResult
  public func execute(_ sql: String, _ parameters: any DatabaseConvertible...) throws(DatabaseError) -> Int {
    try database.execute(sql, parameters.map(\.databaseValue))
  }

  /// Runs a statement to its end.
  /// - Returns: The number of rows inserted, updated or deleted.
  @discardableResult
  public func execute(_ sql: String, _ parameters: [DatabaseValue]) throws(DatabaseError) -> Int {
    try database.execute(sql, parameters)
  }

  /// Runs a statement of whose outcome nothing is needed before the transaction ends: on PostgreSQL it travels with the
  /// next one that is waited for. When it fails, the transaction fails with its error; it is not to be caught.
  public func enqueue(_ sql: String, _ parameters: any DatabaseConvertible...) throws {
    try database.enqueue(sql, parameters.map(\.databaseValue))
  }

  /// Every row, as `map` makes it.
  public func query<Value>(
    _ sql: String, _ parameters: any DatabaseConvertible..., map: (Row) throws -> Value
  ) throws -> [Value] {
    try database.query(sql, parameters.map(\.databaseValue), map: map)
  }

  /// Every row, as `map` makes it.
  public func query<Value>(_ sql: String, _ parameters: [DatabaseValue], map: (Row) throws -> Value) throws -> [Value] {
    try database.query(sql, parameters, map: map)
  }

  /// The first row, as `map` makes it, or `nil` when there is none.
  public func first<Value>(
    _ sql: String, _ parameters: any DatabaseConvertible..., map: (Row) throws -> Value
  ) throws -> Value? {
    try database.first(sql, parameters.map(\.databaseValue), map: map)
  }

  /// The first row, as `map` makes it, or `nil` when there is none.
  public func first<Value>(_ sql: String, _ parameters: [DatabaseValue], map: (Row) throws -> Value) throws -> Value? {
    try database.first(sql, parameters, map: map)
  }

  /// Calls `body` with each row until it returns false. The row is valid inside `body` only.
  public func forEach(_ sql: String, _ parameters: [DatabaseValue] = [], _ body: (Row) throws -> Bool) throws {
    try database.forEach(sql, parameters, body)
  }

  /// A statement for a hot loop: bound by position, without arrays. Valid until the closure returns.
  public func prepare(_ sql: String) throws -> Statement {
    try database.prepare(sql)
  }
}
