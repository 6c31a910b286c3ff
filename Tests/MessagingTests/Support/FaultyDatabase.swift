import Storage
import Synchronization

/// A database whose writes fail when a test says so.
final class FaultyDatabase: Database {
  private let database: any Database
  private let fault = Mutex<DatabaseError?>(nil)

  init(_ database: any Database) { self.database = database }

  /// What every write throws from now on; nil heals it.
  func fail(with error: DatabaseError?) { fault.withLock { $0 = error } }

  var dialect: SQLDialect { database.dialect }

  func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
    try await database.read(body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
    if let error = fault.withLock({ $0 }) { throw error }
    return try await database.write(body)
  }

  func migrate(_ migrations: [Migration], component: String) async throws {
    try await database.migrate(migrations, component: component)
  }

  func close() async { await database.close() }
}
