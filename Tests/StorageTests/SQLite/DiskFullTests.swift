import Storage
import Testing

@Suite("A full disk")
struct DiskFullTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open(maximumPages: Int? = nil) async throws -> SQLiteDatabase {
    var configuration = SQLiteConfiguration()
    configuration.maximumPages = maximumPages
    let database = try await SQLiteDatabase.open(path: folder.file("full.db"), configuration: configuration)
    try await database.write { tx in try tx.executeScript(Engine.sqlite.tables) }
    return database
  }

  private func names(_ database: SQLiteDatabase) async throws -> Set<String> {
    Set(try await database.read { tx in try tx.query("SELECT name FROM item") { try $0.string(0) } })
  }

  @Test("a full disk fails what does not fit, keeps the rest sound, and is over when there is room again")
  func diskFull() async throws {
    let database = try await open(maximumPages: 64)
    let error = await #expect(throws: DatabaseError.self) {
      try await database.write { tx in
        try tx.execute("INSERT INTO item (name, data) VALUES ('huge', zeroblob(1000000))")
      }
    }
    #expect(error?.kind == .diskFull)
    try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('small')") }
    #expect(try await names(database) == ["small"])
    let outcomes = try await database.together(
      (0..<8).map { index in
        { tx in
          try tx.execute("INSERT INTO item (name) VALUES (?)", "item \(index)")
          if index == 4 { try tx.execute("INSERT INTO item (name, data) VALUES ('huge', zeroblob(1000000))") }
        }
      })
    #expect(outcomes.map { (try? $0.get()) != nil } == [true, true, true, true, false, true, true, true])
    #expect(try await names(database).count == 8)
    await database.close()
    let roomier = try await open()
    try await roomier.write { tx in
      try tx.execute("INSERT INTO item (name, data) VALUES ('huge', zeroblob(1000000))")
    }
    #expect(try await names(roomier).contains("huge"))
    await roomier.close()
  }

}
