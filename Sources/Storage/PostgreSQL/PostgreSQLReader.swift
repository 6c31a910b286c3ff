/// Runs reads one after another, each against one snapshot. Lives on one reader thread.
struct PostgreSQLReader {
  private enum Outcome {
    case succeeded
    case failed(any Error)
    /// Nothing that a reader does stays behind, so it may always run again.
    case lost(DatabaseError)
  }

  private let queue: JobQueue
  private let sessions: PostgreSQLSessions
  private var connection: PostgreSQLConnection?
  private var generator = SystemRandomNumberGenerator()

  init(queue: JobQueue, sessions: PostgreSQLSessions) {
    self.queue = queue
    self.sessions = sessions
  }

  /// Works until the queue is closed and empty.
  mutating func run() {
    while let job = queue.take(upTo: 1)?.first { read(job) }
    connection = nil
  }

  private mutating func read(_ job: any DatabaseJob) {
    var isClaimed = false
    var isCareful = false
    var failures = 0
    while true {
      do throws(DatabaseError) {
        let open = if let connection { connection } else { try sessions.open(.reader, until: job.deadline) }
        connection = open
        guard isClaimed || job.claim() else { return }
        isClaimed = true
        switch run(job, on: open, isCareful: &isCareful) {
        case .succeeded: return job.succeed()
        case .failed(let error): return job.fail(error)
        case .lost(let error): throw error
        }
      } catch {
        if connection?.loss != nil { connection = nil }
        failures += 1
        let mayGoOn = error.isPassing || error.kind == .serializationFailure || isCareful || connection != nil
        guard mayGoOn, failures < sessions.configuration.attempts * 10, ContinuousClock.now < job.deadline else {
          return isClaimed ? job.fail(error) : job.giveUp(error)
        }
        if failures > 1 { PostgreSQLSocket.pause(.milliseconds(10 << min(failures, 6)), using: &generator) }
      }
    }
  }

  private func run(_ job: any DatabaseJob, on connection: PostgreSQLConnection, isCareful: inout Bool) -> Outcome {
    do throws(DatabaseError) {
      connection.job = 0
      connection.isCareful = false
      try connection.begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
      connection.isCareful = isCareful
      var (thrown, _) = connection.runClosure(of: job)
      connection.isCareful = false
      if connection.failure == nil, connection.hasDeferred { try? connection.synchronize() }
      if let loss = connection.loss { throw loss }
      let failure = connection.failure
      connection.endTransaction()
      guard let failure else { return thrown.map { .failed($0) } ?? .succeeded }
      if failure.endsTransaction { return .lost(failure.error) }
      if let deferred = failure.deferredError { return .failed(deferred) }
      if !failure.wasPassedOver, let error = thrown.take() { return .failed(error) }
      // The closure goes on after an error, as it may where an error ends a statement alone.
      isCareful = true
      return .lost(failure.error)
    } catch {
      return .lost(error)
    }
  }
}
