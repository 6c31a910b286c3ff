import Foundation
import Storage
import Synchronization

/// The databases of one test, by name: files in a folder of its own, or schemas of its own in the server for tests.
///
/// What is opened twice under one name is one state seen by two, as the processes of a service see it.
public final class TestDatabases: Sendable {
  public let engine: TestEngine
  /// A folder of the test's own, removed with everything in it.
  public let folder: URL
  private let prefix: String
  private let opened = Mutex<[(name: String, database: any Database)]>([])

  private init(engine: TestEngine, folder: URL) {
    self.engine = engine
    self.folder = folder
    prefix = "test_\(UInt64.random(in: .min ... .max))_"
  }

  /// Runs a test with databases, which are closed and removed afterwards.
  public static func run<Value>(
    on engine: TestEngine, isolation: isolated (any Actor)? = #isolation,
    _ body: (TestDatabases) async throws -> Value
  ) async throws -> Value {
    try await withTemporaryFolder { folder in
      guard engine == .postgresql else {
        return try await TestDatabases(engine: engine, folder: folder).use(body)
      }
      await TestSlots.postgreSQL.take()
      defer { TestSlots.postgreSQL.giveBack() }
      return try await TestDatabases(engine: engine, folder: folder).use(body)
    }
  }

  /// Opens a database, which is made when it is not there. It may be closed by whoever uses it.
  public func open(_ name: String) async throws -> any Database {
    let database: any Database
    switch engine {
    case .sqlite:
      var configuration = SQLiteConfiguration()
      // A test's machine does not lose its power.
      configuration.synchronous = .normal
      database = try await SQLiteDatabase.open(
        path: folder.appending(path: "\(name).db").path, configuration: configuration)
    case .postgresql:
      database = try await PostgreSQLDatabase.open(url: try Self.address, schema: prefix + name)
    }
    opened.withLock { $0.append((name, database)) }
    return database
  }

  private static var address: String {
    get throws {
      guard let address = TestEngine.postgreSQLAddress else {
        throw TestHostFailure("ROOST_TEST_POSTGRES_URL does not say where PostgreSQL is")
      }
      return address
    }
  }

  private func use<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (TestDatabases) async throws -> Value
  ) async throws -> Value {
    do {
      let value = try await body(self)
      try await removeAnyway()
      return value
    } catch {
      // The test's own error is the one to tell.
      try? await removeAnyway()
      throw error
    }
  }

  /// Removes in a task of its own: a test whose time is over is cancelled, and leaves nothing behind all the same.
  private func removeAnyway() async throws {
    try await Task { try await self.remove() }.value
  }

  /// Closes everything, and drops the schemas; the files go with their folder.
  private func remove() async throws {
    let all = opened.withLock { $0 }
    for (_, database) in all { await database.close() }
    guard engine == .postgresql else { return }
    for schema in Set(all.map { prefix + $0.name }) {
      try await PostgreSQLDatabase.drop(schema: schema, url: try Self.address)
    }
  }
}
