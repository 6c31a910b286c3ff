import Glibc
import Storage
import Testing

@Suite("Files")
struct FileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func filled(_ path: String, rows: Int = 2000) async throws -> SQLiteDatabase {
    let database = try await SQLiteDatabase.open(path: path)
    try await database.write { tx in
      try tx.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, data BLOB)")
      for _ in 0..<rows { try tx.execute("INSERT INTO item (data) VALUES (randomblob(200))") }
    }
    return database
  }

  private func count(_ database: SQLiteDatabase) async throws -> Int? {
    try await database.read { tx in try tx.first("SELECT count(*) FROM item") { try $0.int(0) } }
  }

  /// What a killed process leaves: the files as they are now, the log not copied back.
  private func snapshot(_ path: String, as name: String) throws -> String {
    let copy = folder.file(name)
    try TemporaryFolder.write(TemporaryFolder.bytes(of: path), to: copy)
    try TemporaryFolder.write(TemporaryFolder.bytes(of: "\(path)-wal"), to: "\(copy)-wal")
    return copy
  }

  private func failure(opening path: String) async throws -> DatabaseError {
    try #require(
      await #expect(throws: DatabaseError.self) { await (try await SQLiteDatabase.open(path: path)).close() })
  }

  @Test("what was committed is there after the process was killed")
  func killed() async throws {
    let path = folder.file("a.db")
    let database = try await filled(path, rows: 100)
    let copy = try snapshot(path, as: "copy.db")
    let reopened = try await SQLiteDatabase.open(path: copy)
    #expect(try await count(reopened) == 100)
    await reopened.close()
    await database.close()
  }

  @Test("a log cut short costs the last commits and nothing else")
  func truncatedLog() async throws {
    let path = folder.file("a.db")
    let database = try await filled(path, rows: 100)
    let keep = try TemporaryFolder.bytes(of: "\(path)-wal").count
    for _ in 0..<50 {
      try await database.write { tx in try tx.execute("INSERT INTO item (data) VALUES (randomblob(200))") }
    }
    let copy = try snapshot(path, as: "copy.db")
    #expect(truncate("\(copy)-wal", keep + 5000) == 0)
    let reopened = try await SQLiteDatabase.open(path: copy)
    let found = try #require(try await count(reopened))
    #expect(found >= 100 && found < 150)
    await reopened.close()
    await database.close()
  }

  @Test("after a proper close no log is left")
  func properClose() async throws {
    let path = folder.file("a.db")
    await (try await filled(path)).close()
    #expect(access("\(path)-wal", F_OK) != 0)
    let reopened = try await SQLiteDatabase.open(path: path)
    #expect(try await count(reopened) == 2000)
    await reopened.close()
  }

  @Test("a damaged page is found when the last close was not proper, and the file is refused")
  func damagedPage() async throws {
    let path = folder.file("a.db")
    await (try await filled(path)).close()
    let database = try await SQLiteDatabase.open(path: path)
    try await database.write { tx in try tx.execute("INSERT INTO item (data) VALUES (randomblob(200))") }
    let copy = try snapshot(path, as: "copy.db")
    await database.close()
    var bytes = try TemporaryFolder.bytes(of: copy)
    for index in (20 * 4096)..<(21 * 4096) { bytes[index] = 0x5a }
    try TemporaryFolder.write(bytes, to: copy)
    let error = try await failure(opening: copy)
    #expect(error.kind == .corrupt)
    #expect(error.description.contains(copy))
  }

  @Test("a file that is no database is refused and left as it was")
  func notADatabase() async throws {
    let path = folder.file("notes.txt")
    let text = Array(String(repeating: "This is a letter. ", count: 300).utf8)
    try TemporaryFolder.write(text, to: path)
    let error = try await failure(opening: path)
    #expect(error.kind == .notADatabase)
    #expect(error.description.contains(path))
    #expect(try TemporaryFolder.bytes(of: path) == text)
  }

  @Test("a folder that is missing is named in one line")
  func missingFolder() async throws {
    let error = try await failure(opening: folder.file("nowhere/a.db"))
    #expect(error.kind == .cannotOpen)
    #expect(error.description.contains("nowhere"))
    #expect(error.description.contains("\n") == false)
  }

  @Test("a second opener of a file in use does not take it for an unclean close")
  func secondOpener() async throws {
    let path = folder.file("a.db")
    let first = try await filled(path, rows: 10)
    let second = try await SQLiteDatabase.open(path: path)
    #expect(try await count(second) == 10)
    await first.close()
    try await second.write { tx in try tx.execute("INSERT INTO item (data) VALUES (NULL)") }
    #expect(try await count(second) == 11)
    await second.close()
  }

  @Test("the log does not grow without end while writes keep coming")
  func checkpoints() async throws {
    let path = folder.file("a.db")
    let database = try await filled(path, rows: 10)
    for _ in 0..<150 {
      try await database.write { tx in try tx.execute("INSERT INTO item (data) VALUES (randomblob(400000))") }
    }
    var status = stat()
    #expect(stat("\(path)-wal", &status) == 0)
    #expect(status.st_size < 40_000_000)
    await database.close()
  }
}
