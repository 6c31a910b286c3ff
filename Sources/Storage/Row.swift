/// One row of a result; columns count from 0. Valid inside the closure that it was given to only.
///
/// An accessor throws `.typeMismatch` when the column holds another type: `double` takes integers too, `bytes` takes
/// text too, and nothing else is converted. The `optional...` forms return `nil` for `NULL`.
public struct Row {
  private let statement: any PreparedStatement

  init(_ statement: any PreparedStatement) {
    self.statement = statement
  }

  public var columnCount: Int { statement.columnCount }

  public func isNull(_ column: Int) -> Bool {
    statement.columnType(column) == .null
  }

  public func int64(_ column: Int) throws(DatabaseError) -> Int64 {
    guard statement.columnType(column) == .integer else { throw mismatch(column, "an integer") }
    return statement.int64(column)
  }

  public func int(_ column: Int) throws(DatabaseError) -> Int {
    Int(try int64(column))
  }

  public func bool(_ column: Int) throws(DatabaseError) -> Bool {
    try int64(column) != 0
  }

  public func double(_ column: Int) throws(DatabaseError) -> Double {
    switch statement.columnType(column) {
    case .real, .integer: return statement.double(column)
    default: throw mismatch(column, "a number")
    }
  }

  public func string(_ column: Int) throws(DatabaseError) -> String {
    guard statement.columnType(column) == .text else { throw mismatch(column, "text") }
    return String(decoding: statement.bytes(column), as: UTF8.self)
  }

  public func bytes(_ column: Int) throws(DatabaseError) -> [UInt8] {
    switch statement.columnType(column) {
    case .blob, .text: return [UInt8](statement.bytes(column))
    default: throw mismatch(column, "bytes")
    }
  }

  /// Lends the bytes of a text or a blob without copying them; empty for anything else.
  public func withBytes<Value>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    switch statement.columnType(column) {
    case .blob, .text: try body(statement.bytes(column))
    default: try body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
  }

  public func optionalInt64(_ column: Int) throws(DatabaseError) -> Int64? {
    isNull(column) ? nil : try int64(column)
  }

  public func optionalInt(_ column: Int) throws(DatabaseError) -> Int? {
    isNull(column) ? nil : try int(column)
  }

  public func optionalBool(_ column: Int) throws(DatabaseError) -> Bool? {
    isNull(column) ? nil : try bool(column)
  }

  public func optionalDouble(_ column: Int) throws(DatabaseError) -> Double? {
    isNull(column) ? nil : try double(column)
  }

  public func optionalString(_ column: Int) throws(DatabaseError) -> String? {
    isNull(column) ? nil : try string(column)
  }

  public func optionalBytes(_ column: Int) throws(DatabaseError) -> [UInt8]? {
    isNull(column) ? nil : try bytes(column)
  }

  /// The value, whatever its type is.
  public func value(_ column: Int) -> DatabaseValue {
    switch statement.columnType(column) {
    case .null: .null
    case .integer: .integer(statement.int64(column))
    case .real: .real(statement.double(column))
    case .text: .text(String(decoding: statement.bytes(column), as: UTF8.self))
    case .blob: .blob([UInt8](statement.bytes(column)))
    }
  }

  private func mismatch(_ column: Int, _ wanted: String) -> DatabaseError {
    guard column < statement.columnCount else {
      return DatabaseError(
        .typeMismatch, "column \(column) was asked for, the result has \(statement.columnCount)", sql: statement.sql)
    }
    return DatabaseError(
      .typeMismatch, "column \(column) holds \(statement.columnType(column).rawValue), not \(wanted)",
      sql: statement.sql)
  }
}
