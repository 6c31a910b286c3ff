import Dispatch
import Glibc

/// The bounded queue between tasks and the threads of a database.
///
/// `append` never blocks: a full queue refuses. `take` blocks its thread until there is something to do. Jobs whose
/// deadline passes while they wait are given up even when the threads are stuck.
///
/// Sendable because everything mutable is touched while `mutex` is held alone.
final class JobQueue: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let capacity: Int
  private var jobs: [any DatabaseJob] = []
  /// What the thread that takes several at a time took last: while it is stuck they still have their deadline.
  private var handedOut: [any DatabaseJob] = []
  private var idleThreads = 0
  private var isClosed = false
  private var isWatchingDeadlines = false

  init(capacity: Int) {
    self.capacity = capacity
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  var count: Int {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return jobs.count
  }

  /// - Returns: Whether more jobs are waiting than threads.
  /// - Throws: `.closed`, or `.busy` when as many are waiting as the bound allows.
  @discardableResult
  func append(_ job: any DatabaseJob) throws(DatabaseError) -> Bool {
    pthread_mutex_lock(mutex)
    if jobs.count >= capacity { jobs.removeAll { !$0.isWaiting } }
    guard !isClosed, jobs.count < capacity else {
      defer { pthread_mutex_unlock(mutex) }
      throw isClosed
        ? DatabaseError(.closed, "the database is closed")
        : DatabaseError(.busy, "the database is overloaded: \(capacity) transactions are waiting")
    }
    jobs.append(job)
    let isShort = jobs.count > idleThreads
    let startsWatch = !isWatchingDeadlines
    isWatchingDeadlines = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
    if startsWatch { watch(until: job.deadline) }
    return isShort
  }

  /// Waits for work. `nil` once the queue is closed and empty.
  func take(upTo limit: Int) -> [any DatabaseJob]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    handedOut = []
    while jobs.isEmpty {
      if isClosed { return nil }
      idleThreads += 1
      pthread_cond_wait(condition, mutex)
      idleThreads -= 1
    }
    let taken = Array(jobs.prefix(limit))
    jobs.removeFirst(taken.count)
    if limit > 1 { handedOut = taken }
    return taken
  }

  /// Jobs that were taken and not claimed come first again.
  func putBack(_ unclaimed: some Collection<any DatabaseJob>) {
    guard !unclaimed.isEmpty else { return }
    pthread_mutex_lock(mutex)
    jobs.insert(contentsOf: unclaimed, at: 0)
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Refuses what comes from now on. What is queued is still handed out.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// One timer at most is set, for the job that was first in the queue; it costs nothing while the queue is empty.
  private func watch(until deadline: ContinuousClock.Instant) {
    let wait = max(.zero, deadline - .now)
    let (seconds, attoseconds) = wait.components
    let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { [weak self] in
      self?.giveUpLateJobs()
    }
  }

  private func giveUpLateJobs() {
    let now = ContinuousClock.now
    pthread_mutex_lock(mutex)
    let waiting = (handedOut + jobs).filter(\.isWaiting)
    let late = waiting.filter { $0.deadline <= now }
    if !late.isEmpty { jobs.removeAll { $0.deadline <= now } }
    let next = waiting.lazy.map(\.deadline).filter { $0 > now }.min()
    isWatchingDeadlines = next != nil
    pthread_mutex_unlock(mutex)
    for job in late { job.giveUp(DatabaseError.waitedTooLong) }
    if let next { watch(until: next) }
  }
}

extension DatabaseError {
  static let waitedTooLong = DatabaseError(.busy, "the database was busy for longer than a transaction may wait")
}
