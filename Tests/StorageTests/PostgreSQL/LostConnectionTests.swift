import Foundation
import Storage
import Synchronization
import Testing

/// What becomes of a transaction whose connection breaks at its commit, by a proxy between the two.
@Suite(
  "Connections to PostgreSQL that break", .timeLimit(.minutes(5)),
  .enabled(if: Engine.postgresqlURL != nil, "ROOST_TEST_POSTGRES_URL is not set"))
struct LostConnectionTests {
  private func with(
    _ configure: (inout PostgreSQLConfiguration) -> Void = { _ in },
    _ body: (ServerProxy, any Database, any QueueingDatabase) async throws -> Void
  ) async throws {
    let proxy = try ServerProxy(to: Engine.postgresqlURL ?? "")
    try await TestStore.with(.postgresql(url: Engine.postgresqlURL ?? "")) { store, direct in
      var configuration = PostgreSQLConfiguration()
      configuration.waitLimit = .seconds(60)
      configure(&configuration)
      let database = try await PostgreSQLDatabase.open(
        url: proxy.url, schema: store.schema, configuration: configuration)
      try await body(proxy, database, direct)
      await database.close()
    }
  }

  private func weights(_ database: any Database) async throws -> [Double] {
    try await database.read { tx in try tx.query("SELECT weight FROM item ORDER BY id") { try $0.double(0) } }
  }

  @Test(
    "a commit that was lost on its way to the server, or its answer on the way back, takes effect once",
    arguments: [ServerProxy.Fault.commitLost, .commitAnswerLost])
  func commit(fault: ServerProxy.Fault) async throws {
    try await with { proxy, database, direct in
      let runs = Mutex(0)
      proxy.arm(fault)
      let outcomes = try await Self.together(5, database) { tx, number in
        runs.withLock { $0 += 1 }
        try tx.execute("INSERT INTO item (weight) VALUES (?)", Double(number))
      }
      #expect(proxy.hasHappened)
      #expect(outcomes.allSatisfy { $0 == nil }, "\(outcomes)")
      #expect(try await weights(direct).sorted() == [0, 1, 2, 3, 4])
      // What is known to have taken effect is not run again.
      if fault == .commitAnswerLost { #expect(runs.withLock { $0 } == 5) } else { #expect(runs.withLock { $0 } > 5) }
    }
  }

  @Test("a commit whose fate cannot be asked is in doubt: it may have taken effect, and its callers are told so")
  func inDoubt() async throws {
    try await with({ $0.waitLimit = .seconds(1) }) { proxy, database, direct in
      proxy.arm(.commitAnswerLost, refusing: true)
      let outcomes = try await Self.together(1, database) { tx, _ in
        try tx.execute("INSERT INTO item (weight) VALUES (7)")
      }
      #expect(outcomes.map { ($0 as? DatabaseError)?.kind } == [.commitInDoubt])
      #expect(try await weights(direct) == [7])
      proxy.admit()
      try await database.write { tx in try tx.execute("INSERT INTO item (weight) VALUES (8)") }
      #expect(try await weights(direct) == [7, 8])
    }
  }

  @Test(
    "a server that falls silent in mid-transaction is left after the statement's time, and all runs again elsewhere")
  func silence() async throws {
    try await with({ $0.statementLimit = .seconds(1) }) { proxy, database, direct in
      proxy.arm(.silenceAtCommit)
      try await database.write { tx in try tx.execute("INSERT INTO item (weight) VALUES (1)") }
      #expect(proxy.hasHappened)
      #expect(try await weights(direct) == [1])
    }
  }

  /// Runs bodies at the same time; gives each one's error.
  private static func together(
    _ count: Int, _ database: any Database, _ body: @escaping @Sendable (Transaction, Int) throws -> Void
  ) async throws -> [(any Error)?] {
    await withTaskGroup(of: (any Error)?.self) { group in
      for number in 0..<count {
        group.addTask {
          do {
            try await database.write { tx in try body(tx, number) }
            return nil
          } catch { return error }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}
