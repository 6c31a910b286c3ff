import Dispatch

/// A database in one schema of a PostgreSQL server: a writer connection with group commit and a few for reading, each
/// on a thread of its own.
///
/// May be called from any task. Several processes, and several of these in one process, may have the same schema open:
/// they take turns at writing. A server that restarts is waited for, within each caller's deadline.
public final class PostgreSQLDatabase: Database {
  private let configuration: PostgreSQLConfiguration
  private let writes: JobQueue
  private let readers: PostgreSQLReaders
  private let writerEnded: DispatchGroup

  private init(
    configuration: PostgreSQLConfiguration, writes: JobQueue, readers: PostgreSQLReaders, writerEnded: DispatchGroup
  ) {
    self.configuration = configuration
    self.writes = writes
    self.readers = readers
    self.writerEnded = writerEnded
  }

  deinit {
    writes.close()
    readers.close()
  }

  /// Connects, and makes the schema when it is missing. A server that is away is waited for, up to the wait limit.
  ///
  /// - Parameters:
  ///   - url: `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?SETTING=VALUE`, as libpq takes it. No error shows it.
  ///   - schema: Where the tables are; nothing of another schema is seen. At most 63 bytes.
  /// - Throws: `DatabaseError`, in one line that names the server: `.cannotOpen`, `.connectionLost`, `.busy`.
  public static func open(
    url: String, schema: String, configuration: PostgreSQLConfiguration = .init()
  ) async throws -> PostgreSQLDatabase {
    guard (1...63).contains(schema.utf8.count), !schema.utf8.contains(0) else {
      throw DatabaseError(.cannotOpen, "a schema's name has 1 to 63 bytes")
    }
    let sessions = PostgreSQLSessions(
      address: try PostgreSQLAddress(url: url), schema: schema, configuration: configuration)
    let writes = JobQueue(capacity: configuration.queueLimit)
    let readers = PostgreSQLReaders(sessions)
    let writerEnded = DispatchGroup()
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      writerEnded.enter()
      do {
        try DatabaseThread.start {
          serve(writes, sessions: sessions, readers: readers, opened: continuation)
          writerEnded.leave()
        }
      } catch {
        writerEnded.leave()
        continuation.resume(throwing: error)
      }
    }
    return PostgreSQLDatabase(configuration: configuration, writes: writes, readers: readers, writerEnded: writerEnded)
  }

  public var dialect: SQLDialect { .postgresql }

  /// How many transactions wait for their turn now, for a gauge.
  public var waitingWrites: Int { writes.count }

  public func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
    try await PendingTransaction(deadline: .now + configuration.waitLimit, body).outcome(submit: readers.submit)
  }

  @discardableResult
  public func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
    let writes = writes
    return try await PendingTransaction(deadline: .now + configuration.waitLimit, body)
      .outcome { job throws(DatabaseError) in try writes.append(job) }
  }

  public func migrate(_ migrations: [Migration], component: String) async throws {
    let migrator = Migrator(component: component, migrations: migrations)
    try await write { tx in
      try (tx.connection as? PostgreSQLConnection)?.liftTimeLimits()
      try migrator.run(in: tx)
    }
  }

  public func close() async {
    writes.close()
    readers.close()
    await withCheckedContinuation { continuation in
      writerEnded.notify(queue: .global()) { continuation.resume() }
    }
  }

  /// The writer thread's whole life: connect, serve, and wait for the readers.
  private static func serve(
    _ writes: JobQueue, sessions: PostgreSQLSessions, readers: PostgreSQLReaders,
    opened: CheckedContinuation<Void, any Error>
  ) {
    var writer: PostgreSQLWriter
    do {
      writer = PostgreSQLWriter(try sessions.openFirst(), of: sessions, queue: writes)
    } catch {
      writes.close()
      readers.close()
      return opened.resume(throwing: error)
    }
    opened.resume()
    writer.run()
    readers.join()
  }
}
