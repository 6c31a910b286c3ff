/// The group commit: takes what is waiting, runs the transactions one after another, and commits them with one sync.
///
/// They share one transaction of SQLite. When one fails, all are undone and run again, now each in a savepoint, so that
/// it fails alone. Savepoints are dear (SQLite keeps a copy of every page that changes in one, and writes the full text
/// index out at the end of each), so they are taken only then, and for some groups after it: failures come in swarms.
///
/// Lives on the writer thread alone.
struct SQLiteWriter {
  private typealias Hook = @Sendable () -> Void

  private enum Outcome {
    case succeeded([Hook])
    case failed(any Error)
    /// SQLite has undone the whole group.
    case lostGroup(any Error)
  }

  /// Groups that run in savepoints after one in which a transaction failed.
  private static let guardedGroups = 64

  let connection: SQLiteConnection
  let queue: JobQueue
  let checkpointer: SQLiteCheckpointer
  let configuration: SQLiteConfiguration
  private var groupsToGuard = 0

  init(
    connection: SQLiteConnection, queue: JobQueue, checkpointer: SQLiteCheckpointer,
    configuration: SQLiteConfiguration
  ) {
    self.connection = connection
    self.queue = queue
    self.checkpointer = checkpointer
    self.configuration = configuration
  }

  /// Works until the queue is closed and empty.
  mutating func run() {
    while let jobs = queue.take(upTo: configuration.groupLimit) {
      runGroup(jobs)
      checkpointWhenDue()
    }
  }

  private mutating func runGroup(_ jobs: [any DatabaseJob]) {
    guard begin(for: jobs) else { return }
    let started = ContinuousClock.now
    // The failure of one that is alone is nobody else's.
    var isGuarded = jobs.count == 1
    if !isGuarded, groupsToGuard > 0 {
      isGuarded = true
      groupsToGuard -= 1
    }
    var succeeded: [(job: any DatabaseJob, hooks: [Hook])] = []
    var undone: [any DatabaseJob] = []
    var next = 0
    while true {
      let job: any DatabaseJob
      if !undone.isEmpty {
        job = undone.removeFirst()
      } else if next == jobs.count {
        break
      } else if next > 0, ContinuousClock.now - started > configuration.groupDuration {
        queue.putBack(jobs[next...])
        break
      } else {
        job = jobs[next]
        next += 1
        guard job.claim() else { continue }
      }
      switch run(job, inSavepoint: isGuarded && jobs.count > 1) {
      case .succeeded(let hooks):
        succeeded.append((job, hooks))
      case .failed(let error) where isGuarded:
        job.fail(error)
      case .failed:
        isGuarded = true
        groupsToGuard = Self.guardedGroups
        undone = succeeded.map(\.job) + [job]
        succeeded = []
        do {
          try startOver()
        } catch {
          for job in undone { job.fail(error) }
          return queue.putBack(jobs[next...])
        }
      case .lostGroup(let error):
        job.fail(error)
        queue.putBack(jobs[next...])
        return rerun(succeeded.map(\.job) + undone)
      }
    }
    guard !succeeded.isEmpty else { return rollBack() }
    do {
      try connection.execute("COMMIT")
    } catch {
      rollBack()
      // A constraint that is checked at the end only is one transaction's fault and not the others'.
      if error.kind == .foreignKeyViolation, succeeded.count > 1 { return rerun(succeeded.map(\.job)) }
      for (job, _) in succeeded { job.fail(error) }
      return
    }
    for (job, hooks) in succeeded {
      for hook in hooks { hook() }
      job.succeed()
    }
  }

  /// Takes the write lock, for as long as anybody waits for it.
  private func begin(for jobs: [any DatabaseJob]) -> Bool {
    while true {
      do {
        try connection.execute("BEGIN IMMEDIATE")
        return true
      } catch  where error.kind == .busy {
        let now = ContinuousClock.now
        for job in jobs where job.deadline <= now { job.giveUp(DatabaseError.waitedTooLong) }
        guard jobs.contains(where: \.isWaiting) else { return false }
      } catch {
        for job in jobs { job.giveUp(error) }
        return false
      }
    }
  }

  private func run(_ job: any DatabaseJob, inSavepoint: Bool) -> Outcome {
    let transaction = Transaction(on: connection)
    do {
      if inSavepoint { try connection.execute("SAVEPOINT roost_job") }
      try job.run(in: transaction)
    } catch {
      _ = transaction.finish()
      guard connection.isInTransaction else { return .lostGroup(error) }
      return undo(inSavepoint: inSavepoint, after: error)
    }
    let hooks = transaction.finish()
    guard connection.isInTransaction else {
      return .lostGroup(DatabaseError(.other, "the transaction was undone after a failed statement"))
    }
    do {
      if inSavepoint { try connection.execute("RELEASE roost_job") }
    } catch {
      return .lostGroup(error)
    }
    return .succeeded(hooks)
  }

  private func undo(inSavepoint: Bool, after error: any Error) -> Outcome {
    guard inSavepoint else { return .failed(error) }
    do {
      try connection.execute("ROLLBACK TO roost_job")
      try connection.execute("RELEASE roost_job")
      return .failed(error)
    } catch {
      rollBack()
      return .lostGroup(error)
    }
  }

  /// Each claimed transaction once more, in a commit of its own.
  private func rerun(_ jobs: [any DatabaseJob]) {
    for job in jobs {
      do {
        try beginAgain(until: .now + configuration.waitLimit)
        let hooks: [Hook]
        switch run(job, inSavepoint: false) {
        case .succeeded(let found): hooks = found
        case .failed(let error), .lostGroup(let error): throw error
        }
        try connection.execute("COMMIT")
        for hook in hooks { hook() }
        job.succeed()
      } catch {
        rollBack()
        job.fail(error)
      }
    }
  }

  /// Undoes what the group did and begins it anew.
  private func startOver() throws(DatabaseError) {
    rollBack()
    try beginAgain(until: .now + configuration.waitLimit)
  }

  private func beginAgain(until deadline: ContinuousClock.Instant) throws(DatabaseError) {
    while true {
      do {
        return try connection.execute("BEGIN IMMEDIATE")
      } catch  where error.kind == .busy && ContinuousClock.now < deadline {
        continue
      }
    }
  }

  private func rollBack() {
    guard connection.isInTransaction else { return }
    // It cannot fail in a way that leaves the transaction open.
    _ = try? connection.execute("ROLLBACK")
  }

  /// In the background first; by the writer itself once the log has grown to a multiple, since only then can it start
  /// anew while others keep writing.
  private func checkpointWhenDue() {
    if connection.logPages >= configuration.checkpointPages * 4 {
      connection.checkpoint()
    } else if connection.logPages >= configuration.checkpointPages {
      checkpointer.wake()
    }
  }
}
