/// A prepared statement for hot loops: values are bound by position, without arrays or existentials.
///
///     let insert = try tx.prepare("INSERT INTO counts (name, count) VALUES (?, ?)")
///     for (name, count) in counts {
///       insert.bind(1, name)
///       insert.bind(2, count)
///       try insert.run()
///     }
///
/// Valid inside the transaction's closure only. A failed binding (no such parameter, too large) is thrown by the next
/// `run` or `forEach`. Parameters count from 1 and keep their values until bound anew, lent bytes excepted.
public final class Statement {
  private let statement: any PreparedStatement
  private let transaction: Transaction

  init(_ statement: any PreparedStatement, in transaction: Transaction) {
    self.statement = statement
    self.transaction = transaction
  }

  deinit {
    transaction.giveBack(statement)
  }

  public func bindNull(_ index: Int) {
    statement.bindNull(index)
  }

  public func bind(_ index: Int, _ value: Int64) {
    statement.bind(index, value)
  }

  public func bind(_ index: Int, _ value: Int) {
    statement.bind(index, Int64(value))
  }

  public func bind(_ index: Int, _ value: Double) {
    statement.bind(index, value)
  }

  public func bind(_ index: Int, _ value: String) {
    var value = value
    value.withUTF8 { statement.bindText(index, copying: UnsafeRawBufferPointer($0)) }
  }

  public func bind(_ index: Int, _ value: [UInt8]) {
    value.withUnsafeBytes { statement.bindBlob(index, copying: $0) }
  }

  public func bind(_ index: Int, _ value: String?) {
    if let value { bind(index, value) } else { bindNull(index) }
  }

  public func bind(_ index: Int, _ value: Int64?) {
    if let value { bind(index, value) } else { bindNull(index) }
  }

  public func bind(_ index: Int, _ value: [UInt8]?) {
    if let value { bind(index, value) } else { bindNull(index) }
  }

  /// Binds a blob without copying it: the bytes stay where they are until the next `run` or `forEach` has returned.
  public func bind(_ index: Int, borrowing bytes: UnsafeRawBufferPointer) {
    statement.bindBlob(index, borrowing: bytes)
  }

  /// Binds UTF-8 without copying it: the bytes stay where they are until the next `run` or `forEach` has returned.
  public func bind(_ index: Int, borrowingText bytes: UnsafeRawBufferPointer) {
    statement.bindText(index, borrowing: bytes)
  }

  /// Runs the statement to its end.
  /// - Returns: The number of rows inserted, updated or deleted.
  @discardableResult
  public func run() throws(DatabaseError) -> Int {
    try transaction.checkOpen()
    defer { statement.reset() }
    while try statement.step() {}
    return statement.changedRows
  }

  /// Runs the statement in its turn, without waiting for its outcome: see `Transaction.enqueue`.
  public func enqueue() throws {
    try transaction.checkOpen()
    try statement.enqueue(nil)
  }

  /// Sends the statement in its turn, for the next `run` or `forEach` to take its rows: on PostgreSQL what is started
  /// together costs one round trip together.
  ///
  /// Nothing is bound before they are taken, and what they may show is not written. When the statement fails, that is
  /// thrown where its rows are taken, or earlier, or fails the transaction as an error of `enqueue` does.
  public func start() throws(DatabaseError) {
    try transaction.checkOpen()
    try statement.start()
  }

  /// Calls `body` with each row until it returns false. The row is valid inside `body` only.
  public func forEach(_ body: (Row) throws -> Bool) throws {
    try transaction.checkOpen()
    defer { statement.reset() }
    while try statement.step() {
      guard try body(Row(statement)) else { return }
    }
  }
}
