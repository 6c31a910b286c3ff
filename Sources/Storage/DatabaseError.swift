/// What a database refused to do, and why.
///
/// `kind` is for code that acts on it, `description` is one line for a person. The values bound to the statement are
/// never part of it: they may be anybody's data.
public struct DatabaseError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A `UNIQUE` or `PRIMARY KEY` constraint refused the row.
    case uniqueViolation
    case foreignKeyViolation
    /// A `CHECK`, `NOT NULL` or other constraint refused the row.
    case constraintViolation
    /// Somebody else held the database for longer than the deadline, or more was waiting than the bound allows.
    /// Nothing was changed; trying again later is right.
    case busy
    /// No room left. Nothing of the transaction was kept; it can be tried again once there is room.
    case diskFull
    case readOnly
    /// The file's structure is damaged. It has to be restored from a backup.
    case corrupt
    case notADatabase
    /// The database was last migrated by a newer program: it holds migration `found`, this program knows `known`.
    case newerSchema(found: Int, known: Int)
    /// Migration `number` was applied with other text than this program has for it.
    case changedMigration(number: Int)
    case cannotOpen
    /// The server is away, or went away while the transaction ran. Nothing was changed.
    case connectionLost
    /// The server went away during the commit and could not be asked since: the transaction may have taken effect.
    /// Running it again is right only where a second time does nothing (an inbox, an idempotency key).
    case commitInDoubt
    /// The transaction lost against another one. It was run again as often as is allowed.
    case serializationFailure
    /// The statement is wrong, or has another number of parameters than were given.
    case syntax
    /// A column holds another type than was asked for, or `NULL`.
    case typeMismatch
    /// The database, or the transaction, was closed before the call.
    case closed
    /// A read or a write on the file failed.
    case inputOutput
    case other
  }

  public var kind: Kind
  /// What happened, in one line.
  public var message: String
  /// The statement at fault, with its placeholders.
  public var sql: String?
  /// The engine's own extended code (SQLite).
  public var code: Int?
  /// The five characters of SQLSTATE (PostgreSQL).
  public var sqlState: String?

  public init(_ kind: Kind, _ message: String, sql: String? = nil, code: Int? = nil) {
    self.kind = kind
    self.message = message
    self.sql = sql
    self.code = code
  }
}

extension DatabaseError: CustomStringConvertible {
  public var description: String {
    guard let sql else { return message }
    let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 200 ? "\(message) (in: \(line.prefix(200))...)" : "\(message) (in: \(line))"
  }
}
