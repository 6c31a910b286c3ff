import Storage
import Synchronization
import Testing

@Suite("A group's transactions in one of SQLite's")
struct SharedTransactionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private final class Runs: Sendable {
    private let counts = Mutex([Int](repeating: 0, count: 10))

    func note(_ index: Int) { counts.withLock { $0[index] += 1 } }
    func take() -> [Int] {
      counts.withLock { counts in
        defer { counts = [Int](repeating: 0, count: 10) }
        return counts
      }
    }
  }

  private func open() async throws -> SQLiteDatabase {
    let database = try await SQLiteDatabase.open(path: folder.file("shared.db"))
    try await database.write { tx in try tx.executeScript(Engine.sqlite.tables) }
    return database
  }

  /// Ten transactions in one group, of which some fail; how often each closure ran.
  private func runs(_ database: SQLiteDatabase, group: String, failing: Set<Int> = []) async throws -> [Int] {
    let runs = Runs()
    let outcomes = try await database.together(
      (0..<10).map { index in
        { tx in
          runs.note(index)
          try tx.execute("INSERT INTO item (name) VALUES (?)", "\(group) \(index)")
          if failing.contains(index) { throw Refused() }
        }
      })
    for (index, outcome) in outcomes.enumerated() {
      #expect(((try? outcome.get()) == nil) == failing.contains(index))
    }
    let kept = try await database.read { tx in
      try tx.query("SELECT name FROM item WHERE name LIKE ?", "\(group) %") { try $0.string(0) }
    }
    #expect(Set(kept) == Set((0..<10).filter { !failing.contains($0) }.map { "\(group) \($0)" }))
    return runs.take()
  }

  @Test("where none fails each closure runs once; those that ran before one that fails run once more, and then no more")
  func savepointsWhenNeeded() async throws {
    let database = try await open()
    #expect(try await runs(database, group: "sound").allSatisfy { $0 == 1 })
    let first = try await runs(database, group: "first failure", failing: [9])
    #expect(first.allSatisfy { $0 <= 2 })
    #expect(first.reduce(0, +) > 10)
    // From the first failure on each has a savepoint of its own, for a while.
    #expect(try await runs(database, group: "second failure", failing: [3, 9]).allSatisfy { $0 == 1 })
    await database.close()
  }

  @Test("what may have to be undone is kept in memory, not in a temporary file")
  func undoInMemory() async throws {
    let database = try await open()
    let place = try await database.write { tx in try tx.first("PRAGMA temp_store") { try $0.int(0) } }
    #expect(place == 2)
    await database.close()
  }
}
