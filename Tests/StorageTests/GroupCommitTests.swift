import Storage
import Synchronization
import Testing

@Suite("Group commit")
struct GroupCommitTests {
  private func names(_ database: any QueueingDatabase) async throws -> Set<String> {
    Set(try await database.read { tx in try tx.query("SELECT name FROM item") { try $0.string(0) } })
  }

  @Test("one transaction's failure does not touch the others of its group", arguments: Engine.available)
  func isolation(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let outcomes = try await database.together(
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
  }

  @Test("a constraint that fails at the commit fails its own transaction alone", arguments: Engine.available)
  func deferredConstraint(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let outcomes = try await database.together(
        (0..<6).map { index in
          { tx in
            try tx.execute("INSERT INTO item (name) VALUES (?)", "item \(index)")
            if index == 2 { try tx.execute("INSERT INTO late_part (item_id) VALUES (999)") }
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
  }

  @Test("hooks run once for what is durable and never for what was undone", arguments: Engine.available)
  func hooks(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let sink = Sink()
      _ = try await database.together(
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
  }

  private final class Sink: Sendable {
    private let values = Mutex<[Int]>([])

    func add(_ value: Int) { values.withLock { $0.append(value) } }
    var all: [Int] { values.withLock { $0 } }
  }

  @Test(
    "a caller cancelled while it waits gets CancellationError, and its closure never runs", arguments: Engine.available)
  func cancellation(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let gate = Gate()
      async let held: Void = database.write { _ in gate.pass() }
      await gate.arrival()
      let waiting = Task { try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('no')") } }
      await database.waitForWrites(1)
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      gate.open()
      try await held
      try await database.write { _ in }
      #expect(try await names(database) == [])
      await database.close()
    }
  }

  @Test("more waiting transactions than the bound allows are refused at once as busy", arguments: Engine.available)
  func bounded(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let database = try await store.open { $0.queueLimit = 4 }
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
  }

  @Test("a transaction that waits behind a stuck one is given up at its deadline", arguments: Engine.available)
  func deadline(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let database = try await store.open { $0.waitLimit = .seconds(2) }
      let gate = Gate()
      async let held: Void = database.write { _ in gate.pass() }
      await gate.arrival()
      let error = await #expect(throws: DatabaseError.self) { try await database.write { _ in } }
      #expect(error?.kind == .busy)
      gate.open()
      try await held
      await database.close()
    }
  }

  @Test(
    "a transaction that shares a group with a stuck one is given up at its deadline as well",
    arguments: Engine.available)
  func deadlineInGroup(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let database = try await store.open { $0.waitLimit = .seconds(2) }
      let first = Gate()
      let stuck = Gate()
      async let held: Void = database.write { _ in first.pass() }
      await first.arrival()
      async let ahead: Void = database.write { _ in stuck.pass() }
      await database.waitForWrites(1)
      async let behind: Void = database.write { _ in }
      await database.waitForWrites(2)
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
  }

  @Test(
    "a lock that another process holds too long is a busy error, and work goes on once it is gone",
    arguments: Engine.available)
  func busyStorm(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let holder = try await store.open()
      let database = try await store.open { $0.waitLimit = .seconds(1) }
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
  }

  @Test("two databases on one file write at once and lose nothing", arguments: Engine.available)
  func twoWriters(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let first = try await store.open()
      let second = try await store.open()
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
  }

  @Test("what is queued when close is called is still committed", arguments: Engine.available)
  func drain(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
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
      let again = try await store.open()
      #expect(try await names(again) == (kept ? ["queued"] : []))
      await again.close()
    }
  }
}
