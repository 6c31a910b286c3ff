import Dispatch
import Synchronization

/// A database in one SQLite file: one writer thread with group commit and a few reader threads.
///
/// May be called from any task. Several processes, and several of these in one process, may have the same file open:
/// they take turns at writing. When the last one out was killed, opening reads the whole file to see that it is sound;
/// after a proper close it does not. Beside the file lie `-wal` and `-shm` while it is open, and an empty `-open`.
public final class SQLiteDatabase: Database {
  private let configuration: SQLiteConfiguration
  private let writes: JobQueue
  private let readers: SQLiteReaders
  private let writerEnded: DispatchGroup

  private init(
    configuration: SQLiteConfiguration, writes: JobQueue, readers: SQLiteReaders, writerEnded: DispatchGroup
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

  /// Opens the file, which is created when it is missing; its folder must exist.
  ///
  /// - Throws: `DatabaseError`, in one line that names the file: `.cannotOpen`, `.notADatabase`, `.corrupt`, `.busy`.
  public static func open(
    path: String, configuration: SQLiteConfiguration = .init()
  ) async throws -> SQLiteDatabase {
    let writes = JobQueue(capacity: configuration.queueLimit)
    let readers = SQLiteReaders(path: path, configuration: configuration)
    let writerEnded = DispatchGroup()
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      writerEnded.enter()
      do {
        try DatabaseThread.start {
          serve(writes, path: path, readers: readers, configuration: configuration, opened: continuation)
          writerEnded.leave()
        }
      } catch {
        writerEnded.leave()
        continuation.resume(throwing: error)
      }
    }
    return SQLiteDatabase(configuration: configuration, writes: writes, readers: readers, writerEnded: writerEnded)
  }

  public var dialect: SQLDialect { .sqlite }

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
    try await write { tx in try migrator.run(in: tx) }
  }

  public func close() async {
    writes.close()
    readers.close()
    await withCheckedContinuation { continuation in
      writerEnded.notify(queue: .global()) { continuation.resume() }
    }
  }

  /// The writer thread's whole life: open, serve, and after the readers have gone close as the last one.
  private static func serve(
    _ writes: JobQueue, path: String, readers: SQLiteReaders, configuration: SQLiteConfiguration,
    opened: CheckedContinuation<Void, any Error>
  ) {
    let presence: SQLitePresence
    var connection: SQLiteConnection?
    do {
      presence = try SQLitePresence(path: path, waitLimit: configuration.waitLimit)
      let opening = try SQLiteConnection.open(path: path, role: .writer, configuration: configuration)
      if presence.foundUncleanClose { try opening.quickCheck(path) }
      presence.finishChecking()
      connection = opening
    } catch {
      writes.close()
      readers.close()
      return opened.resume(throwing: error)
    }
    opened.resume()
    work(on: &connection, writes: writes, path: path, readers: readers, configuration: configuration)
    withExtendedLifetime(presence) {}
  }

  private static func work(
    on connection: inout SQLiteConnection?, writes: JobQueue, path: String, readers: SQLiteReaders,
    configuration: SQLiteConfiguration
  ) {
    guard let open = connection else { return }
    let checkpointer = SQLiteCheckpointer(path: path, configuration: configuration)
    var writer = SQLiteWriter(
      connection: open, queue: writes, checkpointer: checkpointer, configuration: configuration)
    writer.run()
    checkpointer.close()
    readers.join()
    connection = nil
  }
}
