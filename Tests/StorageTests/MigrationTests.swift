import Storage
import Testing

@Suite("Migrations")
struct MigrationTests {
  private let folder: TemporaryFolder
  private let database: SQLiteDatabase
  private let first = Migration(
    1, "items", sqlite: "CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1)")
  private let second = Migration(2, "names", sqlite: "ALTER TABLE item ADD COLUMN name TEXT")

  init() async throws {
    folder = try TemporaryFolder()
    database = try await SQLiteDatabase.open(path: folder.file("m.db"))
  }

  private func kind(_ body: () async throws -> Void) async -> DatabaseError.Kind? {
    do {
      try await body()
      return nil
    } catch { return (error as? DatabaseError)?.kind }
  }

  @Test("each migration runs once, and later ones are added")
  func runsOnce() async throws {
    try await database.migrate([first], component: "test")
    try await database.migrate([first], component: "test")
    try await database.migrate([first, second], component: "test")
    let count = try await database.read { tx in
      try tx.first("SELECT count(name) + count(*) FROM item") { try $0.int(0) }
    }
    #expect(count == 1)
  }

  @Test("components number apart")
  func components() async throws {
    try await database.migrate([first], component: "one")
    try await database.migrate([Migration(1, "other", sqlite: "CREATE TABLE other (x)")], component: "two")
    try await database.read { tx in try tx.forEach("SELECT * FROM item, other") { _ in true } }
  }

  @Test("a database newer than the program is refused, and says both numbers")
  func newer() async throws {
    try await database.migrate([first, second], component: "test")
    let database = database
    let first = first
    #expect(await kind { try await database.migrate([first], component: "test") } == .newerSchema(found: 2, known: 1))
    #expect(await kind { try await database.migrate([], component: "test") } == .newerSchema(found: 2, known: 0))
  }

  @Test("a migration whose text has changed since it was applied is refused")
  func changed() async throws {
    try await database.migrate([first], component: "test")
    let database = database
    let edited = Migration(1, "items", sqlite: "CREATE TABLE item (id INTEGER PRIMARY KEY, more TEXT)")
    #expect(await kind { try await database.migrate([edited], component: "test") } == .changedMigration(number: 1))
  }

  @Test("a migration that fails leaves nothing of any, and names itself")
  func failing() async throws {
    let bad = Migration(2, "broken", sqlite: "CREATE TABLE half (x); CREATE TABEL oops")
    let error = await #expect(throws: DatabaseError.self) {
      try await database.migrate([first, bad], component: "test")
    }
    #expect(error?.message.contains("test migration 2 (broken)") == true)
    let tables = try await database.read { tx in try tx.first("SELECT count(*) FROM sqlite_schema") { try $0.int(0) } }
    #expect(tables == 0)
  }

  @Test("numbers that do not ascend are refused")
  func order() async throws {
    let database = database
    let list = [second, first]
    #expect(await kind { try await database.migrate(list, component: "test") } == .syntax)
  }

  @Test("many processes that start at once run each migration once")
  func race() async throws {
    let path = folder.file("race.db")
    let migrations = [first, second]
    try await withThrowingTaskGroup { group in
      for _ in 0..<6 {
        group.addTask {
          let database = try await SQLiteDatabase.open(path: path)
          try await database.migrate(migrations, component: "test")
          await database.close()
        }
      }
      try await group.waitForAll()
    }
    let database = try await SQLiteDatabase.open(path: path)
    let count = try await database.read { tx in try tx.first("SELECT count(*) FROM item") { try $0.int(0) } }
    #expect(count == 1)
    await database.close()
  }
}
