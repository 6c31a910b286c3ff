import Storage
import Testing

@Suite("Migrations")
struct MigrationTests {
  private let first = Migration(
    1, "items", sqlite: "CREATE TABLE thing (id INTEGER PRIMARY KEY); INSERT INTO thing VALUES (1)")
  private let second = Migration(2, "names", sqlite: "ALTER TABLE thing ADD COLUMN name TEXT")

  private func kind(_ body: () async throws -> Void) async -> DatabaseError.Kind? {
    do {
      try await body()
      return nil
    } catch { return (error as? DatabaseError)?.kind }
  }

  @Test("each migration runs once, and later ones are added", arguments: Engine.available)
  func runsOnce(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      try await database.migrate([first], component: "test")
      try await database.migrate([first], component: "test")
      try await database.migrate([first, second], component: "test")
      let count = try await database.read { tx in
        try tx.first("SELECT count(name) + count(*) FROM thing") { try $0.int(0) }
      }
      #expect(count == 1)
    }
  }

  @Test("components number apart", arguments: Engine.available)
  func components(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      try await database.migrate([first], component: "one")
      try await database.migrate([Migration(1, "other", sqlite: "CREATE TABLE other (x TEXT)")], component: "two")
      try await database.read { tx in try tx.forEach("SELECT * FROM thing, other") { _ in true } }
    }
  }

  @Test("a database newer than the program is refused, and says both numbers", arguments: Engine.available)
  func newer(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      try await database.migrate([first, second], component: "test")
      let first = first
      #expect(await kind { try await database.migrate([first], component: "test") } == .newerSchema(found: 2, known: 1))
      #expect(await kind { try await database.migrate([], component: "test") } == .newerSchema(found: 2, known: 0))
    }
  }

  @Test("a migration whose text has changed since it was applied is refused", arguments: Engine.available)
  func changed(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      try await database.migrate([first], component: "test")
      let edited = Migration(1, "items", sqlite: "CREATE TABLE thing (id INTEGER PRIMARY KEY, more TEXT)")
      #expect(await kind { try await database.migrate([edited], component: "test") } == .changedMigration(number: 1))
    }
  }

  @Test("a migration that fails leaves nothing of any, and names itself", arguments: Engine.available)
  func failing(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let bad = Migration(2, "broken", sqlite: "CREATE TABLE half (x TEXT); CREATE TABEL oops")
      let error = await #expect(throws: DatabaseError.self) {
        try await database.migrate([first, bad], component: "test")
      }
      #expect(error?.message.contains("test migration 2 (broken)") == true)
      for table in ["half", "thing", "schema_migrations"] {
        await #expect(throws: DatabaseError.self) {
          try await database.read { tx in try tx.first("SELECT 1 FROM \(table)") { _ in } }
        }
      }
    }
  }

  @Test("numbers that do not ascend are refused", arguments: Engine.available)
  func order(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let list = [second, first]
      #expect(await kind { try await database.migrate(list, component: "test") } == .syntax)
    }
  }

  @Test("many processes that start at once run each migration once", arguments: Engine.available)
  func race(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let migrations = [first, second]
      try await withThrowingTaskGroup { group in
        for _ in 0..<6 {
          group.addTask {
            let database = try await store.open()
            try await database.migrate(migrations, component: "test")
            await database.close()
          }
        }
        try await group.waitForAll()
      }
      let database = try await store.open()
      let count = try await database.read { tx in try tx.first("SELECT count(*) FROM thing") { try $0.int(0) } }
      #expect(count == 1)
      await database.close()
    }
  }
}
