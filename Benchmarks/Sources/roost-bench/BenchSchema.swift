import Events
import Foundation
import Messaging
import Storage
import Telemetry

/// A PostgreSQL schema of a benchmark's own, with the tables of messaging and one of state. Dropped at the end.
struct BenchSchema {
  let name: String
  let database: PostgreSQLDatabase

  static func with<Value>(_ url: String, _ body: (BenchSchema) async throws -> Value) async throws -> Value {
    let name = "bench_\(UUID().uuidString.prefix(8).lowercased())"
    let database = try await PostgreSQLDatabase.open(url: url, schema: name)
    let schema = BenchSchema(name: name, database: database)
    do {
      try await schema.environment(transport: InMemoryTransport(), publishes: []).migrate()
      try await database.migrate(
        [
          Migration(
            1, "counts",
            sqlite: "CREATE TABLE counts (name TEXT PRIMARY KEY, count BIGINT NOT NULL) WITHOUT ROWID",
            postgresql: "CREATE TABLE counts (name TEXT PRIMARY KEY, count BIGINT NOT NULL)")
        ], component: "bench")
      let value = try await body(schema)
      try await schema.drop(url)
      return value
    } catch {
      try? await schema.drop(url)
      throw error
    }
  }

  func environment(
    transport: any EventTransport, publishes: [any EventPayload.Type]
  ) -> ServiceEnvironment {
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    return ServiceEnvironment(
      name: "memory", publishes: publishes, database: database, transport: transport, logger: logger,
      metrics: MetricsRegistry())
  }

  private func drop(_ url: String) async throws {
    await database.close()
    try await PostgreSQLDatabase.drop(schema: name, url: url)
  }
}
