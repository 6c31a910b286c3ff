import Storage
import Synchronization
import Testing

@Suite("Group commit")
struct GroupCommitTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open(_ configure: (inout SQLiteConfiguration) -> Void = { _ in }) async throws -> SQLiteDatabase {
    var configuration = SQLiteConfiguration()
    configure(&configuration)
    let database = try await SQLiteDatabase.open(path: folder.file("g.db"), configuration: configuration)
    try await database.write { tx in
      try tx.executeScript(
        """
        CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB);
        CREATE TABLE IF NOT EXISTS part (
          item_id INTEGER REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED);
        """)
    }
    return database
  }

  private func names(_ database: SQLiteDatabase) async throws -> Set<String> {
    Set(try await database.read { tx in try tx.query("SELECT name FROM item") { try $0.string(0) } })
  }

  /// Returns when so many transactions wait. It asks again and again, since a queue tells nobody of its length, and
  /// records an issue when they do not come: nothing would end the wait.
  private func waitForWrites(_ count: Int, on database: SQLiteDatabase) async {
    for _ in 0..<20_000 where database.waitingWrites < count { try? await Task.sleep(for: .milliseconds(1)) }
    if database.waitingWrites < count { Issue.record("\(count) transactions never waited at a time") }
  }

  /// Queues the bodies while the writer stands at a gate, so that they form one group, and gives their outcomes.
  private func together(
    on database: SQLiteDatabase, _ bodies: [@Sendable (Transaction) throws -> Void]
  ) async throws -> [Result<Void, any Error>] {
    let gate = Gate()
    async let held: Void = database.write { _ in gate.pass() }
    await gate.arrival()
    let outcomes = await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
      for (index, body) in bodies.enumerated() {
        group.addTask {
          do { return (index, .success(try await database.write(body))) } catch { return (index, .failure(error)) }
        }
      }
      await waitForWrites(bodies.count, on: database)
      gate.open()
      var all: [(Int, Result<Void, any Error>)] = []
      for await outcome in group { all.append(outcome) }
      return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
    try await held
    return outcomes
  }

  @Test("one transaction's failure does not touch the others of its group")
  func isolation() async throws {
    let database = try await open()
    let outcomes = try await together(
      on: database,
      (0..<20).map { index in
        { tx in
          try tx.execute("INSERT INTO item (name) VALUES (?)", "item \(index)")
          if index % 3 == 0 { throw Refused() }
        }
      })
    let kept = Set((0..<20).filter { $0 % 3 != 0 }.map { "item \($0)" })
    #expect(try await names(database) == kept)
    for (index, outcome) in outcomes.enumerated() {
      #expect((try? outcome.get()) != nil || index % 3 == 0)
    }
    await database.close()
  }

  @Test("a constraint that fails at the commit fails its own transaction alone")
  func deferredConstraint() async throws {
    let database = try await open()
    let outcomes = try await together(
      on: database,
      (0..<6).map { index in
        { tx in
          try tx.execute("INSERT INTO item (name) VALUES (?)", "item \(index)")
          if index == 2 { try tx.execute("INSERT INTO part (item_id) VALUES (999)") }
        }
      })
    #expect(try await names(database) == ["item 0", "item 1", "item 3", "item 4", "item 5"])
    #expect {
      try outcomes[2].get()
    } throws: {
      ($0 as? DatabaseError)?.kind == .foreignKeyViolation
    }
    await database.close()
  }

  @Test("hooks run once for what is durable and never for what was undone")
  func hooks() async throws {
    let database = try await open()
    let sink = Sink()
    _ = try await together(
      on: database,
      (0..<10).map { index in
        { tx in
          tx.afterCommit { sink.add(index) }
          try tx.execute("INSERT INTO item (name) VALUES (?)", "item \(index)")
          if index % 2 == 1 { throw Refused() }
        }
      })
    #expect(sink.all.sorted() == [0, 2, 4, 6, 8])
    await database.close()
  }

  private final class Sink: Sendable {
    private let values = Mutex<[Int]>([])

    func add(_ value: Int) { values.withLock { $0.append(value) } }
    var all: [Int] { values.withLock { $0 } }
  }

  @Test("a full disk fails what does not fit, keeps the rest sound, and is over when there is room again")
  func diskFull() async throws {
    let database = try await open { $0.maximumPages = 64 }
    let error = await #expect(throws: DatabaseError.self) {
      try await database.write { tx in
        try tx.execute("INSERT INTO item (name, data) VALUES ('huge', zeroblob(1000000))")
      }
    }
    #expect(error?.kind == .diskFull)
    try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('small')") }
    #expect(try await names(database) == ["small"])
    let outcomes = try await together(
      on: database,
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

  @Test("a caller cancelled while it waits gets CancellationError, and its closure never runs")
  func cancellation() async throws {
    let database = try await open()
    let gate = Gate()
    async let held: Void = database.write { _ in gate.pass() }
    await gate.arrival()
    let waiting = Task { try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('no')") } }
    await waitForWrites(1, on: database)
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    gate.open()
    try await held
    try await database.write { _ in }
    #expect(try await names(database) == [])
    await database.close()
  }

  @Test("more waiting transactions than the bound allows are refused at once as busy")
  func bounded() async throws {
    let database = try await open { $0.queueLimit = 4 }
    let gate = Gate()
    async let held: Void = database.write { _ in gate.pass() }
    await gate.arrival()
    let outcomes = await withTaskGroup(of: DatabaseError.Kind?.self) { group in
      for _ in 0..<10 {
        group.addTask {
          do {
            try await database.write { _ in }
            return nil
          } catch { return (error as? DatabaseError)?.kind }
        }
      }
      var kinds: [DatabaseError.Kind?] = []
      for await kind in group {
        kinds.append(kind)
        if kinds.count == 6 { gate.open() }
      }
      return kinds
    }
    try await held
    #expect(outcomes.prefix(6).allSatisfy { $0 == .busy })
    #expect(outcomes.dropFirst(6).allSatisfy { $0 == nil })
    await database.close()
  }

  @Test("a transaction that waits behind a stuck one is given up at its deadline")
  func deadline() async throws {
    let database = try await open { $0.waitLimit = .milliseconds(50) }
    let gate = Gate()
    async let held: Void = database.write { _ in gate.pass() }
    await gate.arrival()
    let error = await #expect(throws: DatabaseError.self) { try await database.write { _ in } }
    #expect(error?.kind == .busy)
    gate.open()
    try await held
    await database.close()
  }

  @Test("a transaction that shares a group with a stuck one is given up at its deadline as well")
  func deadlineInGroup() async throws {
    let database = try await open { $0.waitLimit = .seconds(2) }
    let first = Gate()
    let stuck = Gate()
    async let held: Void = database.write { _ in first.pass() }
    await first.arrival()
    async let ahead: Void = database.write { _ in stuck.pass() }
    await waitForWrites(1, on: database)
    async let behind: Void = database.write { _ in }
    await waitForWrites(2, on: database)
    first.open()
    await stuck.arrival()
    do {
      try await behind
      Issue.record("it was not given up")
    } catch {
      #expect((error as? DatabaseError)?.kind == .busy)
    }
    stuck.open()
    try await held
    try await ahead
    await database.close()
  }

  @Test("a lock that another process holds too long is a busy error, and work goes on once it is gone")
  func busyStorm() async throws {
    let holder = try await open()
    let database = try await open { $0.waitLimit = .milliseconds(50) }
    let gate = Gate()
    async let held: Void = holder.write { _ in gate.pass() }
    await gate.arrival()
    let kinds = await withTaskGroup(of: DatabaseError.Kind?.self) { group in
      for index in 0..<20 {
        group.addTask {
          do {
            try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES (?)", "item \(index)") }
            return nil
          } catch { return (error as? DatabaseError)?.kind }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(kinds.allSatisfy { $0 == .busy })
    gate.open()
    try await held
    try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('after')") }
    #expect(try await names(holder) == ["after"])
    await database.close()
    await holder.close()
  }

  @Test("two databases on one file write at once and lose nothing")
  func twoWriters() async throws {
    let first = try await open()
    let second = try await open()
    try await withThrowingTaskGroup { group in
      for index in 0..<200 {
        group.addTask {
          try await (index % 2 == 0 ? first : second).write { tx in
            try tx.execute("INSERT INTO item (name) VALUES (?)", "item \(index)")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await names(first).count == 200)
    #expect(try await names(second).count == 200)
    await first.close()
    await second.close()
  }

  @Test("what is queued when close is called is still committed")
  func drain() async throws {
    let database = try await open()
    let gate = Gate()
    async let held: Void = database.write { _ in gate.pass() }
    await gate.arrival()
    async let queued: Int = database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('queued')") }
    async let closing: Void = database.close()
    gate.open()
    _ = try await held
    // Whether it came before the close is the scheduler's; durable or refused, and never lost.
    let kept = (try? await queued) != nil
    await closing
    let again = try await open()
    #expect(try await names(again) == (kept ? ["queued"] : []))
    await again.close()
  }
}
