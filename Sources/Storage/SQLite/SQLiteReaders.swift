import Dispatch
import Synchronization

/// The reader threads of a database, each with a connection of its own; started when reads come in together.
final class SQLiteReaders: Sendable {
  private let path: String
  private let configuration: SQLiteConfiguration
  private let queue: JobQueue
  private let started = Mutex(0)
  private let ended = DispatchGroup()

  init(path: String, configuration: SQLiteConfiguration) {
    self.path = path
    self.configuration = configuration
    queue = JobQueue(capacity: configuration.queueLimit)
  }

  func submit(_ job: any DatabaseJob) throws(DatabaseError) {
    if try queue.append(job) { startAnother() }
  }

  /// Refuses what comes from now on; what is queued is still read.
  func close() {
    queue.close()
  }

  /// Waits, after `close`, until every thread has ended. Blocks: not for a cooperative thread.
  func join() {
    ended.wait()
  }

  private func startAnother() {
    let isWanted = started.withLock { started in
      guard started < max(1, configuration.readers) else { return false }
      started += 1
      return true
    }
    guard isWanted else { return }
    ended.enter()
    do {
      try DatabaseThread.start { [queue, path, configuration, ended] in
        Self.serve(queue, path: path, configuration: configuration)
        ended.leave()
      }
    } catch {
      // Those started before go on; when there is none, the deadline gives the caller its error.
      started.withLock { $0 -= 1 }
      ended.leave()
    }
  }

  private static func serve(_ queue: JobQueue, path: String, configuration: SQLiteConfiguration) {
    var connection: SQLiteConnection?
    while let job = queue.take(upTo: 1)?.first {
      guard job.claim() else { continue }
      do {
        let open = try connection ?? SQLiteConnection.open(path: path, role: .reader, configuration: configuration)
        connection = open
        try read(job, on: open)
        job.succeed()
      } catch {
        job.fail(error)
      }
    }
  }

  private static func read(_ job: any DatabaseJob, on connection: SQLiteConnection) throws {
    try connection.execute("BEGIN")
    let transaction = Transaction(on: connection)
    defer {
      _ = transaction.finish()
      // There is nothing to keep or to lose: ending the snapshot cannot fail.
      _ = try? connection.execute("ROLLBACK")
    }
    try job.run(in: transaction)
  }
}
