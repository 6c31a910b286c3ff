import Storage
import Synchronization
import Testing

/// What PostgreSQL alone can do to a service: connections that end, statements that lose, commits without an answer.
@Suite(
  "PostgreSQL's own faults", .timeLimit(.minutes(5)),
  .enabled(if: Engine.postgresqlURL != nil, "ROOST_TEST_POSTGRES_URL is not set"))
struct PostgreSQLTests {
  private var url: String { Engine.postgresqlURL ?? "" }

  private func with(_ body: (TestStore, any QueueingDatabase) async throws -> Void) async throws {
    try await TestStore.with(.postgresql(url: url), body)
  }

  private func names(_ database: any Database) async throws -> [String] {
    try await database.read { tx in try tx.query("SELECT name FROM item ORDER BY id") { try $0.string(0) } }
  }

  @Test("an error that the closure passes over ends its statement alone, as on SQLite", arguments: Engine.available)
  func passedOver(engine: Engine) async throws {
    try await TestStore.with(engine) { _, database in
      try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('taken')") }
      let outcomes = try await database.together([
        { tx in try tx.execute("INSERT INTO item (name) VALUES ('before')") },
        { tx in
          try tx.execute("INSERT INTO item (name) VALUES ('one')")
          _ = try? tx.execute("INSERT INTO item (name) VALUES ('taken')")
          try tx.execute("INSERT INTO item (name) VALUES ('two')")
        },
        { tx in _ = try? tx.execute("INSERT INTO item (name) VALUES ('taken')") },
        { tx in try tx.execute("INSERT INTO item (name) VALUES ('after')") },
      ])
      for outcome in outcomes { try outcome.get() }
      #expect(Set(try await names(database)) == ["taken", "before", "one", "two", "after"])
    }
  }

  @Test(
    "a deferred statement's error fails its own transaction and no other, with the error that it is told as",
    arguments: Engine.available)
  func deferred(engine: Engine) async throws {
    try await TestStore.with(engine) { _, database in
      try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('taken')") }
      let insert: @Sendable (Transaction, String) throws -> Void = { tx, name in
        try tx.enqueue("INSERT INTO item (name) VALUES (?)", name) { _ in Refused() }
      }
      let outcomes = try await database.together([
        { tx in try insert(tx, "one") },
        { tx in try insert(tx, "taken") },
        { tx in try insert(tx, "two") },
        { tx in
          try insert(tx, "taken")
          try tx.execute("INSERT INTO item (name) VALUES ('lost')")
        },
        { tx in try tx.execute("INSERT INTO item (name) VALUES ('three')") },
      ])
      #expect(outcomes.map { (try? $0.get()) != nil } == [true, false, true, false, true])
      for index in [1, 3] { #expect(throws: Refused.self) { try outcomes[index].get() } }
      #expect(Set(try await names(database)) == ["taken", "one", "two", "three"])
    }
  }

  @Test("a connection that the server ended between transactions is replaced, and nobody notices")
  func terminatedIdle() async throws {
    try await with { store, database in
      let other = try await store.open()
      for _ in 0..<3 {
        let process = try await database.write { tx in try tx.first("SELECT pg_backend_pid()") { try $0.int(0) } }
        _ = try await other.read { tx in try tx.first("SELECT pg_terminate_backend(?, 5000)", process) { _ in } }
        try await database.write { tx in try tx.execute("INSERT INTO item (weight) VALUES (1)") }
      }
      let count = try await database.read { tx in try tx.first("SELECT count(*) FROM item") { try $0.int(0) } }
      #expect(count == 3)
      await other.close()
    }
  }

  @Test("a transaction whose connection ends before its commit runs again as a whole")
  func terminatedInside() async throws {
    try await with { _, database in
      let runs = Mutex(0)
      try await database.write { tx in
        let run = runs.withLock { runs in
          runs += 1
          return runs
        }
        try tx.execute("INSERT INTO item (name) VALUES (?)", "run \(run)")
        if run == 1 { try tx.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
      }
      #expect(try await names(database) == ["run 2"])
    }
  }

  @Test("a commit whose answer was lost is asked of the server, and what did not take effect runs again")
  func lostInCommit() async throws {
    try await with { _, database in
      // Checked at the commit alone: the backend ends itself there, the first time.
      try await database.write { tx in
        try tx.executeScript(
          """
          CREATE FUNCTION end_once() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF currval('ends') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
            RETURN NULL;
          END $$;
          CREATE SEQUENCE ends;
          CREATE CONSTRAINT TRIGGER ending AFTER INSERT ON item DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION end_once();
          """)
      }
      try await database.write { tx in
        // A sequence is not rolled back, so the second run counts on.
        try tx.execute("SELECT nextval('ends')")
        try tx.execute("INSERT INTO item (name) VALUES (?)", "a")
      }
      #expect(try await names(database) == ["a"])
    }
  }

  @Test("a transaction that loses against another one runs again as a whole", arguments: ["40P01", "40001"])
  func lost(state: String) async throws {
    try await with { _, database in
      try await database.write { tx in try tx.execute("INSERT INTO item (name, weight) VALUES ('a', 0), ('b', 0)") }
      let runs = Mutex(0)
      try await database.write { tx in
        let run = runs.withLock { runs in
          runs += 1
          return runs
        }
        try tx.execute("UPDATE item SET weight = weight + 1")
        if run < 3 {
          try tx.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '\(state)', MESSAGE = 'lost'; END $$")
        }
      }
      let weights = try await database.read { tx in try tx.query("SELECT weight FROM item") { try $0.double(0) } }
      #expect(weights == [1, 1])
      #expect(runs.withLock { $0 } == 3)
    }
  }

  @Test("of two transactions that wait for each other one runs again as a whole, and both take effect")
  func deadlock() async throws {
    try await with { store, database in
      try await database.write { tx in try tx.execute("INSERT INTO item (name, weight) VALUES ('a', 0), ('b', 0)") }
      // Writers of one schema take turns: the other one is a service that writes in tables which are not its own.
      let schema = store.schema
      let other = try await PostgreSQLDatabase.open(url: url, schema: "\(schema)_other")
      let first = Gate()
      let second = Gate()
      let runs = Mutex(0)
      // Each takes one row, meets the other, and wants the other's row; the second time there is nobody to meet.
      let add: @Sendable (Transaction, [String], Gate) throws -> Void = { tx, names, gate in
        let run = runs.withLock { runs in
          runs += 1
          return runs
        }
        let update = "UPDATE \(schema).item SET weight = weight + 1 WHERE name = ?"
        try tx.execute(update, names[0])
        if run <= 2 { gate.pass() }
        try tx.execute(update, names[1])
      }
      async let one: Void = database.write { tx in try add(tx, ["a", "b"], first) }
      async let two: Void = other.write { tx in try add(tx, ["b", "a"], second) }
      await first.arrival()
      await second.arrival()
      first.open()
      second.open()
      _ = try await (one, two)
      let weights = try await database.read { tx in try tx.query("SELECT weight FROM item") { try $0.double(0) } }
      #expect(weights == [2, 2])
      #expect(runs.withLock { $0 } == 3)
      await other.close()
      try await PostgreSQLDatabase.drop(schema: "\(schema)_other", url: url)
    }
  }

  @Test("after one of a group has failed, the next groups run each transaction once, whatever fails in them")
  func caution() async throws {
    try await with { store, _ in
      var configuration = PostgreSQLConfiguration()
      // What waits together runs together, however slow the machine is.
      configuration.groupDuration = .seconds(60)
      let database = try await PostgreSQLDatabase.open(url: url, schema: store.schema, configuration: configuration)
      let runs = Mutex([Int](repeating: 0, count: 3))
      let bodies = (0..<3).map { number -> @Sendable (Transaction) throws -> Void in
        { tx in
          runs.withLock { $0[number] += 1 }
          try tx.enqueue("INSERT INTO item (weight) VALUES (?)", Double(number))
          if number == 1 { throw Refused() }
        }
      }
      for round in 1...3 {
        let outcomes = try await database.together(bodies)
        #expect(outcomes.map { (try? $0.get()) != nil } == [true, false, true])
        // The first time the failure was not expected, and cost the others what they had done.
        let counts = runs.withLock { $0 }
        #expect(counts[1] == round + 1)
        #expect(counts.allSatisfy { round...round + 1 ~= $0 }, "\(counts)")
      }
      let weights = try await database.read { tx in
        try tx.query("SELECT weight, count(*) FROM item GROUP BY weight ORDER BY weight") {
          [try $0.double(0), try $0.double(1)]
        }
      }
      #expect(weights == [[0, 3], [2, 3]])
      await database.close()
    }
  }

  @Test("statements that were started together give each its rows, whatever is read first", arguments: Engine.available)
  func started(engine: Engine) async throws {
    try await TestStore.with(engine) { _, database in
      let found = try await database.write { tx in
        let insert = try tx.prepare("INSERT INTO item (name) VALUES (?), (?) RETURNING name")
        insert.bind(1, "one")
        insert.bind(2, "two")
        try insert.start()
        let select = try tx.prepare("SELECT name FROM item ORDER BY id DESC")
        try select.start()
        let forgotten = try tx.prepare("SELECT 'forgotten'")
        try forgotten.start()
        var names: [[String]] = []
        for statement in [select, insert] {
          var read: [String] = []
          try statement.forEach { row in
            read.append(try row.string(0))
            return true
          }
          names.append(read)
        }
        return names
      }
      #expect(found == [["two", "one"], ["one", "two"]])
      // The statement whose rows nobody took serves the next transaction with its own rows.
      let rows = try await database.write { tx in
        let forgotten = try tx.prepare("SELECT 'forgotten'")
        var count = 0
        try forgotten.forEach { _ in
          count += 1
          return true
        }
        return count
      }
      #expect(rows == 1)
    }
  }

  @Test("the error of a started statement is thrown where its rows are taken", arguments: Engine.available)
  func startedInVain(engine: Engine) async throws {
    try await TestStore.with(engine) { _, database in
      try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('taken')") }
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { tx in
          let insert = try tx.prepare("INSERT INTO item (name) VALUES (?) RETURNING id")
          insert.bind(1, "taken")
          try insert.start()
          try insert.forEach { _ in true }
          try tx.execute("INSERT INTO item (name) VALUES ('not reached')")
        }
      }
      #expect(error?.kind == .uniqueViolation)
      #expect(try await names(database) == ["taken"])
    }
  }

  @Test("a wrong address or database is one line that names the server and keeps the password to itself")
  func refusedConnections() async throws {
    var configuration = PostgreSQLConfiguration()
    configuration.waitLimit = .milliseconds(100)
    configuration.connectLimit = .milliseconds(500)
    for url in [
      "postgresql://somebody:hunter22@127.0.0.1:1/roost", "postgresql://somebody:hunter22@127.0.0.1:notaport/roost",
      "mysql://somebody:hunter22@127.0.0.1/roost",
    ] {
      let error = await #expect(throws: DatabaseError.self) {
        _ = try await PostgreSQLDatabase.open(url: url, schema: "any", configuration: configuration)
      }
      let text = String(describing: error)
      #expect(!text.contains("hunter22") && !text.contains("\n"), "\(text)")
    }
  }

  @Test("text with a NUL character is refused before it is sent, and the transaction may go on")
  func nulCharacter() async throws {
    try await with { _, database in
      let error = try await database.write { tx -> DatabaseError? in
        do {
          try tx.execute("INSERT INTO item (name) VALUES (?)", "a\u{0}b")
          return nil
        } catch {
          try tx.execute("INSERT INTO item (name) VALUES ('after')")
          return error as? DatabaseError
        }
      }
      #expect(error?.kind == .typeMismatch)
      #expect(try await names(database) == ["after"])
    }
  }
}
