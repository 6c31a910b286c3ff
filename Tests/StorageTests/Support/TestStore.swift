import Storage
import Testing

/// A place for one test's database: a file or a schema of its own, gone when the test is over.
struct TestStore: Sendable {
  /// What both engines can be told.
  struct Limits {
    var waitLimit = Duration.seconds(10)
    var queueLimit = 4096
  }

  let engine: Engine
  private let folder: TemporaryFolder
  let schema = "test_\(UInt64.random(in: .min ... .max))"

  /// Runs the body with a database that holds the usual tables.
  static func with(
    _ engine: Engine, _ body: (TestStore, any QueueingDatabase) async throws -> Void
  ) async throws {
    let store = TestStore(engine: engine, folder: try TemporaryFolder())
    do {
      let database = try await store.open()
      try await database.write { tx in try tx.executeScript(engine.tables) }
      try await body(store, database)
      await database.close()
    } catch {
      try await store.remove()
      throw error
    }
    try await store.remove()
  }

  /// Another `Database` on the same data, as another process would have it.
  func open(_ configure: (inout Limits) -> Void = { _ in }) async throws -> any QueueingDatabase {
    var limits = Limits()
    configure(&limits)
    switch engine {
    case .sqlite:
      var configuration = SQLiteConfiguration()
      configuration.waitLimit = limits.waitLimit
      configuration.queueLimit = limits.queueLimit
      return try await SQLiteDatabase.open(path: folder.file("test.db"), configuration: configuration)
    case .postgresql(let url):
      var configuration = PostgreSQLConfiguration()
      configuration.waitLimit = limits.waitLimit
      configuration.queueLimit = limits.queueLimit
      return try await PostgreSQLDatabase.open(url: url, schema: schema, configuration: configuration)
    }
  }

  private func remove() async throws {
    guard case .postgresql(let url) = engine else { return }
    try await PostgreSQLDatabase.drop(schema: schema, url: url)
  }
}
