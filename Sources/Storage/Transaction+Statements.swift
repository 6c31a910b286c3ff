extension Transaction {
  /// Runs a statement to its end.
  /// - Returns: The number of rows inserted, updated or deleted.
  @discardableResult
  public func execute(_ sql: String, _ parameters: any DatabaseConvertible...) throws(DatabaseError) -> Int {
    try execute(sql, parameters.map(\.databaseValue))
  }

  /// Runs a statement to its end.
  /// - Returns: The number of rows inserted, updated or deleted.
  @discardableResult
  public func execute(_ sql: String, _ parameters: [DatabaseValue]) throws(DatabaseError) -> Int {
    let statement = try take(sql, parameters)
    defer { connection.giveBack(statement) }
    var outcome: Result<Int, DatabaseError> = .success(0)
    statement.withBound(parameters) {
      outcome = Result { () throws(DatabaseError) in
        while try statement.step() {}
        return statement.changedRows
      }
    }
    return try outcome.get()
  }

  /// Runs a statement of whose outcome nothing is needed before the transaction ends: on PostgreSQL it travels with the
  /// next one that is waited for, and costs no round trip.
  ///
  /// It takes its turn: later statements see what it did. When it fails, the transaction fails with its error, thrown
  /// here, by a later statement or in place of the closure's result; it is not to be caught.
  /// - Parameter translation: What the caller of the transaction is to be told in place of the error.
  public func enqueue(
    _ sql: String, _ parameters: any DatabaseConvertible...,
    translating translation: ((DatabaseError) -> any Error)? = nil
  ) throws {
    try enqueue(sql, parameters.map(\.databaseValue), translating: translation)
  }

  /// Runs a statement of whose outcome nothing is needed before the transaction ends; see the other `enqueue`.
  public func enqueue(
    _ sql: String, _ parameters: [DatabaseValue], translating translation: ((DatabaseError) -> any Error)? = nil
  ) throws {
    let statement = try take(sql, parameters)
    defer { connection.giveBack(statement) }
    var outcome: Result<Void, any Error> = .success(())
    statement.withBound(parameters) { outcome = Result { try statement.enqueue(translation) } }
    try outcome.get()
  }

  /// Every row, as `map` makes it.
  public func query<Value>(
    _ sql: String, _ parameters: any DatabaseConvertible..., map: (Row) throws -> Value
  ) throws -> [Value] {
    try query(sql, parameters.map(\.databaseValue), map: map)
  }

  /// Every row, as `map` makes it.
  public func query<Value>(_ sql: String, _ parameters: [DatabaseValue], map: (Row) throws -> Value) throws -> [Value] {
    var values: [Value] = []
    try forEach(sql, parameters) { row in
      values.append(try map(row))
      return true
    }
    return values
  }

  /// The first row, as `map` makes it, or `nil` when there is none.
  public func first<Value>(
    _ sql: String, _ parameters: any DatabaseConvertible..., map: (Row) throws -> Value
  ) throws -> Value? {
    try first(sql, parameters.map(\.databaseValue), map: map)
  }

  /// The first row, as `map` makes it, or `nil` when there is none.
  public func first<Value>(_ sql: String, _ parameters: [DatabaseValue], map: (Row) throws -> Value) throws -> Value? {
    var value: Value?
    try forEach(sql, parameters) { row in
      value = try map(row)
      return false
    }
    return value
  }

  /// Calls `body` with each row until it returns false. The row is valid inside `body` only.
  public func forEach(_ sql: String, _ parameters: [DatabaseValue] = [], _ body: (Row) throws -> Bool) throws {
    let statement = try take(sql, parameters)
    defer { connection.giveBack(statement) }
    var outcome: Result<Void, any Error> = .success(())
    statement.withBound(parameters) {
      outcome = Result {
        while try statement.step() {
          guard try body(Row(statement)) else { return }
        }
      }
    }
    try outcome.get()
  }

  private func take(_ sql: String, _ parameters: [DatabaseValue]) throws(DatabaseError) -> any PreparedStatement {
    let statement = try take(sql)
    guard statement.parameterCount == parameters.count else {
      connection.giveBack(statement)
      throw DatabaseError(
        .syntax, "the statement takes \(statement.parameterCount) parameters and was given \(parameters.count)",
        sql: sql)
    }
    return statement
  }
}
