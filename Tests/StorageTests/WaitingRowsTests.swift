import Storage
import Testing

@Suite("Rows that are inserted together", .timeLimit(.minutes(5)))
struct WaitingRowsTests {
  private func insert(_ name: String, in tx: Transaction) throws {
    try tx.insertSoon("INSERT INTO item (name)", row: "(?)", [.text(name)]) { _ in Refused() }
  }

  private func names(in tx: Transaction) throws -> [String] {
    try tx.query("SELECT name FROM item ORDER BY id") { try $0.string(0) }
  }

  @Test("all of them are there in order, however many they are", arguments: Engine.available, [1, 7, 200])
  func all(engine: Engine, count: Int) async throws {
    try await TestStore.with(engine) { _, database in
      let expected = (0..<count).map { "name \($0)" }
      try await database.write { tx in for name in expected { try insert(name, in: tx) } }
      #expect(try await database.read { tx in try names(in: tx) } == expected)
    }
  }

  @Test("those of a savepoint go with it, and no others", arguments: Engine.available)
  func savepoint(engine: Engine) async throws {
    try await TestStore.with(engine) { _, database in
      try await database.write { tx in
        try insert("before", in: tx)
        try? tx.savepoint {
          try insert("undone", in: tx)
          throw Refused()
        }
        try tx.savepoint { try insert("kept", in: tx) }
        try tx.insertWaitingRows()
        #expect(try names(in: tx) == ["before", "kept"])
      }
    }
  }

  @Test("one that is refused fails its transaction, with the error that it is told as", arguments: Engine.available)
  func refused(engine: Engine) async throws {
    try await TestStore.with(engine) { _, database in
      await #expect(throws: Refused.self) {
        try await database.write { tx in for name in ["a", "b", "a"] { try insert(name, in: tx) } }
      }
      let left = try await database.read { tx in try names(in: tx) }
      #expect(left.isEmpty)
    }
  }

  @Test("groups of rows cover every row once, in few different sizes")
  func groups() {
    var sizes: Set<Int> = []
    for count in 0...300 {
      let groups = Array(RowGroups(count))
      #expect(groups.flatMap { Array($0.rows) } == Array(0..<count))
      sizes.formUnion(groups.map(\.rows.count))
    }
    #expect(sizes == [1, 2, 3, 4, 8, 16, 32, 64])
  }
}
