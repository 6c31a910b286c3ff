/// A type whose values can be bound to a `?` of a statement.
public protocol DatabaseConvertible: Sendable {
  /// The value as the database is to hold it.
  var databaseValue: DatabaseValue { get }
}

extension DatabaseValue: DatabaseConvertible {
  public var databaseValue: DatabaseValue { self }
}

extension Int: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .integer(Int64(self)) }
}

extension Int64: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .integer(self) }
}

extension Int32: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .integer(Int64(self)) }
}

extension Double: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .real(self) }
}

extension Bool: DatabaseConvertible {
  /// 1 or 0: SQLite has no truth values, and columns that hold one are declared `INTEGER`.
  public var databaseValue: DatabaseValue { .integer(self ? 1 : 0) }
}

extension String: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .text(self) }
}

extension Substring: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .text(String(self)) }
}

extension [UInt8]: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .blob(self) }
}

extension Optional: DatabaseConvertible where Wrapped: DatabaseConvertible {
  /// `nil` is bound as `NULL`.
  public var databaseValue: DatabaseValue {
    switch self {
    case .none: .null
    case .some(let wrapped): wrapped.databaseValue
    }
  }
}
