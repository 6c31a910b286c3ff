import Storage
import Testing

struct Refused: Error {}

@Suite("Transactions")
struct TransactionTests {
  private static func names(_ database: any Database) async throws -> [String] {
    try await database.read { tx in try tx.query("SELECT name FROM item ORDER BY id") { try $0.string(0) } }
  }

  @Test(
    "a value comes back as it was written", arguments: Engine.available,
    [
      .null, .integer(.min), .integer(.max), .integer(0), .real(1.5), .real(-.infinity), .text(""),
      .text("žluťoučký 🐎"), .text("'; DROP TABLE item; --"), .blob([]), .blob([0, 255, 1]),
      .blob([UInt8](repeating: 7, count: 100_000)),
    ] as [DatabaseValue])
  func roundTrip(engine: Engine, value: DatabaseValue) async throws {
    try await TestStore.with(engine) { store, database in
      let column =
        switch value {
        case .integer, .null: "id"
        case .real: "weight"
        case .text: "name"
        case .blob: "data"
        }
      let found = try await database.write { tx in
        try tx.executeScript("CREATE TABLE held AS SELECT id, name, weight, data FROM item")
        try tx.execute("INSERT INTO held (\(column)) VALUES (?)", value)
        return try tx.query("SELECT \(column) FROM held") { $0.value(0) }
      }
      #expect(found == [value])
    }
  }

  @Test("what a Swift value is bound as is what its type says", arguments: Engine.available)
  func conversions(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let found = try await database.read { tx in
        try tx.first(
          """
          SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS DOUBLE PRECISION), CAST(? AS BIGINT), CAST(? AS TEXT),
            CAST(? AS TEXT), CAST(? AS \(engine.isSQLite ? "BLOB" : "BYTEA")), CAST(? AS TEXT)
          """, 1, Int64(2), 2.5, true, "text", "sub".dropFirst(), [UInt8(9)], String?.none
        ) { row in (0..<8).map(row.value) }
      }
      #expect(
        found == [
          .integer(1), .integer(2), .real(2.5), .integer(1), .text("text"), .text("ub"), .blob([9]), .null,
        ])
    }
  }

  @Test("reading a column as another type is an error that names the column", arguments: Engine.available)
  func mismatch(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let error = await #expect(throws: DatabaseError.self) {
        try await database.read { tx in try tx.first("SELECT 'x'") { try $0.int(0) } }
      }
      #expect(error?.kind == .typeMismatch)
      #expect(error?.description.contains("column 0 holds text") == true)
      let absent = await #expect(throws: DatabaseError.self) {
        try await database.read { tx in try tx.first("SELECT 1") { try $0.int(3) } }
      }
      #expect(absent?.kind == .typeMismatch)
      let null = await #expect(throws: DatabaseError.self) {
        try await database.read { tx in try tx.first("SELECT NULL") { try $0.string(0) } }
      }
      #expect(null?.kind == .typeMismatch)
    }
  }

  @Test("execute tells how many rows it changed, and zero for what changes none", arguments: Engine.available)
  func changes(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let counts = try await database.write { tx in
        [
          try tx.execute("INSERT INTO item (name) VALUES (?), (?)", "a", "b"),
          try tx.execute("UPDATE item SET weight = 1"),
          try tx.execute("CREATE TABLE other (x TEXT)"),
          try tx.execute("DELETE FROM item WHERE name = 'nobody'"),
          try tx.execute("DELETE FROM item"),
        ]
      }
      #expect(counts == [2, 2, 0, 0, 2])
    }
  }

  @Test(
    "RETURNING hands back rows, and the insert is complete even when only the first is read",
    arguments: Engine.available)
  func returning(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let id = try await database.write { tx in
        try tx.first("INSERT INTO item (name) VALUES ('a'), ('b') RETURNING id") { try $0.int(0) }
      }
      #expect(id == 1)
      #expect(try await Self.names(database) == ["a", "b"])
    }
  }

  @Test(
    "a refused row is an error whose kind says which rule refused it", arguments: Engine.available,
    [
      ("INSERT INTO item (name) VALUES ('first')", DatabaseError.Kind.uniqueViolation),
      ("INSERT INTO item (id) VALUES (1)", .uniqueViolation),
      ("INSERT INTO part (item_id) VALUES (77)", .foreignKeyViolation),
      ("INSERT INTO item (weight) VALUES (-1)", .constraintViolation),
      ("INSERT INTO part (item_id) VALUES (NULL)", .constraintViolation),
      ("INSERT INTO nowhere VALUES (1)", .syntax),
      ("SELEKT", .syntax),
      ("SELECT 1; SELECT 2", .syntax),
      ("  ", .syntax),
      ("SELECT ?", .syntax),
    ])
  func refusals(engine: Engine, refusal: (sql: String, kind: DatabaseError.Kind)) async throws {
    let (sql, kind) = refusal
    try await TestStore.with(engine) { store, database in
      try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('first')") }
      let error = await #expect(throws: DatabaseError.self) { try await database.write { tx in try tx.execute(sql) } }
      #expect(error?.kind == kind)
      #expect(error?.sql == sql)
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test("an error never shows the values that were bound", arguments: Engine.available)
  func redaction(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES (?)", "secret") }
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES (?)", "secret") }
      }
      #expect(error?.description.contains("secret") == false)
    }
  }

  @Test("a closure that throws leaves nothing behind, and its error is passed on", arguments: Engine.available)
  func rollback(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      await #expect(throws: Refused.self) {
        try await database.write { tx in
          try tx.execute("INSERT INTO item (name) VALUES ('gone')")
          throw Refused()
        }
      }
      let left = try await Self.names(database)
      #expect(left == [])
    }
  }

  @Test("a savepoint undoes its own part alone", arguments: Engine.available)
  func savepoint(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      try await database.write { tx in
        try tx.execute("INSERT INTO item (name) VALUES ('kept')")
        #expect(throws: Refused.self) {
          try tx.savepoint {
            try tx.execute("INSERT INTO item (name) VALUES ('gone')")
            throw Refused()
          }
        }
        try tx.savepoint { try tx.execute("INSERT INTO item (name) VALUES ('kept too')") }
      }
      #expect(try await Self.names(database) == ["kept", "kept too"])
    }
  }

  @Test("the same statement may run inside its own rows", arguments: Engine.available)
  func reentrance(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let pairs = try await database.read { tx in
        let sql = "SELECT value FROM (SELECT 1 AS value UNION SELECT 2) AS numbers ORDER BY value"
        return try tx.query(sql) { outer in try tx.query(sql) { try $0.int(0) * 10 + outer.int(0) } }
      }
      #expect(pairs == [[11, 21], [12, 22]])
    }
  }

  @Test("a prepared statement binds by position and runs again with other values", arguments: Engine.available)
  func preparedStatements(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let blob: [UInt8] = [1, 2, 3]
      try await database.write { tx in
        let insert = try tx.prepare("INSERT INTO item (name, weight, data) VALUES (?, ?, ?)")
        for index in 0..<3 {
          insert.bind(1, "name \(index)")
          insert.bind(2, Double(index))
          try blob.withUnsafeBytes { bytes in
            insert.bind(3, borrowing: bytes)
            try insert.run()
          }
        }
      }
      let found = try await database.read { tx in
        try tx.query("SELECT name, weight, data FROM item") { (try $0.string(0), try $0.double(1), try $0.bytes(2)) }
      }
      #expect(found.map(\.0) == ["name 0", "name 1", "name 2"])
      #expect(found.map(\.1) == [0, 1, 2])
      #expect(found.allSatisfy { $0.2 == blob })
    }
  }

  @Test("binding a parameter that is not there is thrown by run", arguments: Engine.available)
  func badBinding(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      await #expect(throws: DatabaseError.self) {
        try await database.write { tx in
          let statement = try tx.prepare("INSERT INTO item (name) VALUES (?)")
          statement.bind(2, 1)
          try statement.run()
        }
      }
    }
  }

  @Test(
    "statements of one text are independent while both are held, and one that was let go leaves no values behind",
    arguments: Engine.available)
  func statementsOfOneText(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let texts = try await database.read { tx in
        let sql = "SELECT coalesce(CAST(? AS TEXT), 'none')"
        func text(_ statement: Statement) throws -> String {
          var text = ""
          try statement.forEach {
            text = try $0.string(0)
            return true
          }
          return text
        }
        let first = try tx.prepare(sql)
        first.bind(1, "first")
        let second = try tx.prepare(sql)
        second.bind(1, "second")
        var texts = [try text(first), try text(second)]
        do {
          let third = try tx.prepare(sql)
          third.bind(1, "third")
          texts.append(try text(third))
        }
        texts.append(try text(try tx.prepare(sql)))
        texts.append(try text(first))
        return texts
      }
      #expect(texts == ["first", "second", "third", "none", "first"])
    }
  }

  @Test("a transaction that escaped its closure refuses to work", arguments: Engine.available)
  func escaped(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let escaped = Escaped()
      try await database.write { tx in
        escaped.transaction = tx
        escaped.statement = try tx.prepare("SELECT 1")
      }
      #expect { try escaped.transaction?.execute("SELECT 1") } throws: { ($0 as? DatabaseError)?.kind == .closed }
      #expect { try escaped.statement?.run() } throws: { ($0 as? DatabaseError)?.kind == .closed }
    }
  }

  /// Carries out of a closure what must not leave it. Sendable because the closure has returned before it is looked at.
  private final class Escaped: @unchecked Sendable {
    var transaction: Transaction?
    var statement: Statement?
  }

  @Test("writing in a read is refused", arguments: Engine.available)
  func readOnly(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let error = await #expect(throws: DatabaseError.self) {
        try await database.read { tx in try tx.execute("INSERT INTO item (name) VALUES ('x')") }
      }
      #expect(error?.kind == .readOnly)
    }
  }

  @Test("a read sees one snapshot however much is committed meanwhile", arguments: Engine.available)
  func snapshot(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      let gate = Gate()
      try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('before')") }
      async let counts = database.read { tx in
        let first = try tx.first("SELECT count(*) FROM item") { try $0.int(0) }
        gate.pass()
        return [first, try tx.first("SELECT count(*) FROM item") { try $0.int(0) }]
      }
      await gate.arrival()
      try await database.write { tx in try tx.execute("INSERT INTO item (name) VALUES ('meanwhile')") }
      gate.open()
      #expect(try await counts == [1, 1])
      #expect(try await Self.names(database) == ["before", "meanwhile"])
    }
  }

  @Test("after close, every call is refused as closed", arguments: Engine.available)
  func closed(engine: Engine) async throws {
    try await TestStore.with(engine) { store, database in
      await database.close()
      await database.close()
      let write = await #expect(throws: DatabaseError.self) { try await database.write { _ in } }
      let read = await #expect(throws: DatabaseError.self) { try await database.read { _ in } }
      #expect(write?.kind == .closed)
      #expect(read?.kind == .closed)
    }
  }
}
