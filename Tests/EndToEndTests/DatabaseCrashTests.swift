import Foundation
import RoostTesting
import Storage
import Testing

/// Nothing lost, nothing done twice, order kept: while PostgreSQL crashes again and again under a process that goes on.
@Suite("PostgreSQL crashes")
struct DatabaseCrashTests {
  private static let crashes = 3
  private static let writers = 4

  @Test(
    "every acknowledged memory has one extraction for each version and its facts once, after three crashes",
    .timeLimit(.minutes(5)),
    .enabled(if: TestEngine.postgresql.isAvailable, "ROOST_TEST_POSTGRES_URL is not set"))
  func crashes() async throws {
    try await withServer { folder, server in
      let roost = try RoostProcess(
        dataFolder: folder.appending(path: "data"), environment: ["ROOST_DATABASE_URL": server.url])
      try await roost.waitUntilReady()
      let client = MemoryClient(url: roost.url)
      let ledger = WriteLedger()
      let isOver = Flag()
      try await withThrowingTaskGroup { group in
        for writer in 0..<Self.writers {
          group.addTask { try await Self.write(writer, client, ledger, until: isOver) }
        }
        for _ in 0..<Self.crashes {
          await ledger.wait(for: ledger.acknowledgements + 40)
          try await server.crash()
        }
        await ledger.wait(for: ledger.acknowledgements + 40)
        isOver.set()
        try await group.waitForAll()
      }
      try await MemoryAudit(url: roost.url, ledger: ledger).run()
      roost.send(SIGTERM)
      #expect(await roost.end() == .exited(0))
    }
  }

  @Test(
    "a transaction that a crash swallowed is not taken for the one that has its number afterwards",
    .timeLimit(.minutes(5)),
    .enabled(if: TestEngine.postgresql.isAvailable, "ROOST_TEST_POSTGRES_URL is not set"))
  func reusedNumber() async throws {
    try await withServer { _, server in
      let table = Migration(1, "one table", sqlite: "CREATE TABLE item (number BIGINT NOT NULL)")
      var configuration = PostgreSQLConfiguration()
      configuration.waitLimit = .seconds(120)
      let database = try await PostgreSQLDatabase.open(url: server.url, schema: "one", configuration: configuration)
      let others = try await PostgreSQLDatabase.open(url: server.url, schema: "two", configuration: configuration)
      for each in [database, others] { try await each.migrate([table], component: "test") }
      let (hasWritten, mayCommit) = (Recorder<Void>(), DispatchSemaphore(value: 0))
      defer { mayCommit.signal() }
      async let write: Void = database.write { tx in
        try tx.execute("INSERT INTO item (number) VALUES (1)")
        hasWritten.append(())
        // The second time it goes through.
        mayCommit.wait()
        mayCommit.signal()
      }
      try await hasWritten.wait(count: 1)
      try await server.crash()
      for number in 0..<20 {
        try await others.write { try $0.execute("INSERT INTO item (number) VALUES (?)", number) }
      }
      mayCommit.signal()
      try await write
      #expect(try await database.read { try $0.first("SELECT count(*) FROM item") { try $0.int(0) } } == 1)
      await database.close()
      await others.close()
    }
  }

  private func withServer(_ body: (URL, OwnPostgreSQL) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      // The server runs as a user of its own, who has to get there.
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
      try await OwnPostgreSQL.run(in: folder.appending(path: "server")) { try await body(folder, $0) }
    }
  }

  /// Creates memories and rewrites every other one. What has no answer is sent again under its key; of a change it is
  /// not known whether it took effect.
  private static func write(
    _ writer: Int, _ client: MemoryClient, _ ledger: WriteLedger, until isOver: Flag
  ) async throws {
    for index in 0... {
      if isOver.isSet { return }
      let visited = MemoryAudit.visited("\(writer).\(index)")
      let written = try await created(visited, key: "\(writer)-\(index)", client)
      ledger.acknowledge(written.memoryID, version: written.version, content: visited)
      guard index % 2 == 0 else { continue }
      let moved = MemoryAudit.moved("\(writer).\(index)")
      guard let updated = try? await client.update(written.memoryID, to: moved) else {
        ledger.doubt(written.memoryID, content: moved)
        continue
      }
      ledger.acknowledge(written.memoryID, version: updated.version, content: moved)
    }
  }

  private static func created(_ content: String, key: String, _ client: MemoryClient) async throws
    -> MemoryClient.Written
  {
    for _ in 0..<100 {
      if let written = try? await client.create(content, key: key) { return written }
    }
    throw TestFailure("the memory \(key) was refused a hundred times")
  }
}
