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

  @Test("a transaction that loses a deadlock runs again as a whole")
  func deadlock() async throws {
    try await with { _, database in
      try await database.write { tx in try tx.execute("INSERT INTO item (name, weight) VALUES ('a', 0), ('b', 0)") }
      // A second writer that does not take the turn of the schema: an operator's session.
      let runs = Mutex(0)
      try await database.write { tx in
        let run = runs.withLock { runs in
          runs += 1
          return runs
        }
        try tx.execute("UPDATE item SET weight = weight + 1")
        if run < 3 { try tx.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01', MESSAGE = 'lost'; END $$") }
      }
      let weights = try await database.read { tx in try tx.query("SELECT weight FROM item") { try $0.double(0) } }
      #expect(weights == [1, 1])
      #expect(runs.withLock { $0 } == 3)
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
