/// A statement prepared on one connection: values go in by position, rows come out one at a time.
///
/// Parameters count from 1, columns from 0. A failed binding is reported by the next `step`, so that binding is cheap
/// to write in a row. "Borrowing" means that the bytes are not copied: they must stay where they are until `reset`.
protocol PreparedStatement: AnyObject {
  var sql: String { get }
  var parameterCount: Int { get }
  var columnCount: Int { get }

  func bindNull(_ index: Int)
  func bind(_ index: Int, _ value: Int64)
  func bind(_ index: Int, _ value: Double)
  func bindText(_ index: Int, borrowing bytes: UnsafeRawBufferPointer)
  func bindText(_ index: Int, copying bytes: UnsafeRawBufferPointer)
  func bindBlob(_ index: Int, borrowing bytes: UnsafeRawBufferPointer)
  func bindBlob(_ index: Int, copying bytes: UnsafeRawBufferPointer)

  /// Begins a run whose rows are read by later steps. Its error is thrown by those, or as one of `enqueue`.
  func start() throws(DatabaseError)

  /// True when there is a row to read, false at the end. The first one after `reset` runs the statement, unless it has
  /// been started.
  func step() throws(DatabaseError) -> Bool

  /// Runs the statement in its turn; its rows and their number are nobody's. Its error may be thrown by a later statement,
  /// or fail the transaction at its end. The values are copied or used before it returns.
  /// - Parameter translation: What the error is to be told as.
  func enqueue(_ translation: ((DatabaseError) -> any Error)?) throws

  /// The number of rows that the statement inserted, updated or deleted, once it has come to its end.
  var changedRows: Int { get }

  /// Ready to run again; lent bytes are no longer looked at.
  func reset()

  func columnType(_ column: Int) -> ColumnType
  func int64(_ column: Int) -> Int64
  func double(_ column: Int) -> Double

  /// The bytes of a text or a blob; valid until the next `step` or `reset`.
  func bytes(_ column: Int) -> UnsafeRawBufferPointer
}

/// The type of one column of one row.
enum ColumnType: String {
  case null, integer, real, text, blob
}

extension PreparedStatement {
  /// Binds the values without copying them, calls `body`, and resets the statement before the values go.
  func withBound(_ values: [DatabaseValue], _ body: () -> Void) {
    bindNext(values, 0, body)
  }

  private func bindNext(_ values: [DatabaseValue], _ position: Int, _ body: () -> Void) {
    guard position < values.count else {
      body()
      reset()
      return
    }
    switch values[position] {
    case .null: bindNull(position + 1)
    case .integer(let value): bind(position + 1, value)
    case .real(let value): bind(position + 1, value)
    case .text(var text):
      return text.withUTF8 { utf8 in
        bindText(position + 1, borrowing: UnsafeRawBufferPointer(utf8))
        bindNext(values, position + 1, body)
      }
    case .blob(let bytes):
      return bytes.withUnsafeBytes { bytes in
        bindBlob(position + 1, borrowing: bytes)
        bindNext(values, position + 1, body)
      }
    }
    bindNext(values, position + 1, body)
  }
}
