/// A database, whichever engine it is: transactions as closures, on threads of their own.
///
/// May be called from any task. The closures run on the engine's threads, never on Swift's cooperative ones, and are
/// synchronous: nothing is awaited while a lock is held. A `Transaction` is valid inside its closure only.
public protocol Database: Sendable {
  var dialect: SQLDialect { get }

  /// Runs the closure against one snapshot: nothing that others commit meanwhile is seen. Writing throws `.readOnly`.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

  /// Runs the closure in a transaction and returns when what it wrote is durable.
  ///
  /// When it throws, everything that it wrote is undone and the error is passed on; others' transactions are not
  /// touched. The closure may run more than once (a lost serialisation race, a neighbour that took the group down), so
  /// it has no other effect than through the transaction. A caller cancelled while waiting for its turn gets
  /// `CancellationError` and nothing runs; once the closure runs, it runs to its end.
  @discardableResult
  func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

  /// Brings the schema of one component up to date: each migration runs once, in order, all of them in one transaction
  /// under a lock that other processes respect.
  ///
  /// Throws `.newerSchema` when the database holds a migration that is not in the list, `.changedMigration` when one
  /// was applied with other text, and changes nothing then.
  /// - Parameter component: Whose numbers these are ("outbox", "memory"), so that libraries and services number apart.
  func migrate(_ migrations: [Migration], component: String) async throws

  /// Finishes what was asked for before, then closes. Later calls throw `.closed`. May be called twice.
  func close() async
}
