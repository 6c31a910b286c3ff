/// What every connection of a database is opened with.
struct PostgreSQLSessions: Sendable {
  let address: PostgreSQLAddress
  let schema: String
  let configuration: PostgreSQLConfiguration
  /// Tells its writer from those of other processes and other lives.
  let writerID = Int64.random(in: .min ... .max)

  /// The advisory lock of those who write in the schema: FNV-1a, so that every process comes to the same.
  var lockKey: Int64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "roost:\(schema)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return Int64(bitPattern: hash)
  }

  func open(
    _ role: PostgreSQLConnection.Role, until deadline: ContinuousClock.Instant
  ) throws(DatabaseError) -> PostgreSQLConnection {
    try PostgreSQLConnection.open(
      address, schema: schema, lockKey: lockKey, role: role, configuration: configuration, until: deadline)
  }

  /// The first connection: a server that is starting is waited for, and the schema made when it is missing.
  func openFirst() throws(DatabaseError) -> PostgreSQLConnection {
    let deadline = ContinuousClock.now + max(configuration.waitLimit, configuration.connectLimit)
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    var earlier: DatabaseError?
    while true {
      do throws(DatabaseError) {
        let connection = try open(.writer, until: deadline)
        try createSchema(on: connection)
        return connection
      } catch {
        failures += 1
        guard error.isPassing else { throw error }
        // The try that the deadline cut short knows less than the one before it.
        guard ContinuousClock.now < deadline else { throw earlier ?? error }
        earlier = error
        PostgreSQLSocket.pause(.milliseconds(25 << min(failures, 5)), using: &generator)
      }
    }
  }

  /// Makes what is missing, and forgets marks whose writers have long had their answers.
  private func createSchema(on connection: PostgreSQLConnection) throws(DatabaseError) {
    let name = PostgreSQLConnection.quoted(schema)
    let literal = "'" + schema.replacing("'", with: "''") + "'"
    do {
      // Asked first: making one needs a right that a service may not have.
      try connection.executeScript(
        """
        BEGIN;
        SELECT pg_advisory_xact_lock(\(lockKey));
        DO $roost$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = \(literal)) THEN
            CREATE SCHEMA \(name);
          END IF;
          IF to_regclass('\(CommitMark.table)') IS NULL THEN
            CREATE TABLE \(CommitMark.table) (\(CommitMark.columns));
          END IF;
        END $roost$;
        DELETE FROM \(CommitMark.table) WHERE committed_at < now() - interval '1 day';
        COMMIT
        """)
    } catch {
      throw error.kind == .connectionLost
        ? error : DatabaseError(.cannotOpen, "\(address.place): schema \(schema): \(error.message)")
    }
  }
}

extension DatabaseError {
  /// Whether the same may go well a little later: the server is away, or somebody holds a lock.
  var isPassing: Bool {
    kind == .connectionLost || kind == .busy
  }
}
