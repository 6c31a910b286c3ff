/// The group commit: takes what is waiting, runs each transaction in a savepoint, and commits them with one sync.
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

  let connection: SQLiteConnection
  let queue: JobQueue
  let checkpointer: SQLiteCheckpointer
  let configuration: SQLiteConfiguration

  /// Works until the queue is closed and empty.
  func run() {
    while let jobs = queue.take(upTo: configuration.groupLimit) {
      runGroup(jobs)
      checkpointWhenDue()
    }
  }

  private func runGroup(_ jobs: [any DatabaseJob]) {
    guard begin(for: jobs) else { return }
    let started = ContinuousClock.now
    let isGroup = jobs.count > 1
    var succeeded: [(job: any DatabaseJob, hooks: [Hook])] = []
    for (position, job) in jobs.enumerated() {
      if position > 0, ContinuousClock.now - started > configuration.groupDuration {
        queue.putBack(jobs[position...])
        break
      }
      guard job.claim() else { continue }
      switch run(job, inSavepoint: isGroup) {
      case .succeeded(let hooks):
        succeeded.append((job, hooks))
      case .failed(let error):
        job.fail(error)
      case .lostGroup(let error):
        job.fail(error)
        queue.putBack(jobs[(position + 1)...])
        return rerun(succeeded.map(\.job))
      }
    }
    guard !succeeded.isEmpty else { return rollBack() }
    do {
      try connection.executeScript("COMMIT")
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
        try connection.executeScript("BEGIN IMMEDIATE")
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
      if inSavepoint { try connection.executeScript("SAVEPOINT roost_job") }
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
      if inSavepoint { try connection.executeScript("RELEASE roost_job") }
    } catch {
      return .lostGroup(error)
    }
    return .succeeded(hooks)
  }

  private func undo(inSavepoint: Bool, after error: any Error) -> Outcome {
    guard inSavepoint else { return .failed(error) }
    do {
      try connection.executeScript("ROLLBACK TO roost_job; RELEASE roost_job")
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
        try connection.executeScript("COMMIT")
        for hook in hooks { hook() }
        job.succeed()
      } catch {
        rollBack()
        job.fail(error)
      }
    }
  }

  private func beginAgain(until deadline: ContinuousClock.Instant) throws(DatabaseError) {
    while true {
      do {
        return try connection.executeScript("BEGIN IMMEDIATE")
      } catch  where error.kind == .busy && ContinuousClock.now < deadline {
        continue
      }
    }
  }

  private func rollBack() {
    guard connection.isInTransaction else { return }
    // It cannot fail in a way that leaves the transaction open.
    _ = try? connection.executeScript("ROLLBACK")
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
