import Dispatch
import Synchronization

/// The reader threads of a database, each with a connection of its own; started when reads come in together.
final class PostgreSQLReaders: Sendable {
  private let sessions: PostgreSQLSessions
  private let queue: JobQueue
  private let started = Mutex(0)
  private let ended = DispatchGroup()

  init(_ sessions: PostgreSQLSessions) {
    self.sessions = sessions
    queue = JobQueue(capacity: sessions.configuration.queueLimit)
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
      guard started < max(1, sessions.configuration.readers) else { return false }
      started += 1
      return true
    }
    guard isWanted else { return }
    ended.enter()
    do {
      try DatabaseThread.start { [queue, sessions, ended] in
        var reader = PostgreSQLReader(queue: queue, sessions: sessions)
        reader.run()
        ended.leave()
      }
    } catch {
      // Those started before go on; when there is none, the deadline gives the caller its error.
      started.withLock { $0 -= 1 }
      ended.leave()
    }
  }
}
