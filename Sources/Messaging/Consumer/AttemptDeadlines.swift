import Synchronization

/// Ends attempts that take too long: one task keeps the deadlines of all of them.
final class AttemptDeadlines: Sendable {
  private struct Entry: Sendable {
    let deadline: Duration
    let expire: @Sendable () -> Void
  }

  private struct State: Sendable {
    var entries: [Int: Entry] = [:]
    var nextID = 0
    /// When the keeper wakes by itself; nil while it waits for a first entry.
    var wakeUp: Duration?
  }

  private let clock: any EventClock
  private let state = Mutex(State())
  private let signal = Signal()

  init(clock: any EventClock) {
    self.clock = clock
  }

  /// Calls `expire` when the time is over, unless the attempt is removed before.
  /// - Returns: What to remove it by.
  func add(after duration: Duration, expire: @escaping @Sendable () -> Void) -> Int {
    let deadline = clock.uptime() + duration
    let (id, isEarlier) = state.withLock { state in
      state.nextID += 1
      state.entries[state.nextID] = Entry(deadline: deadline, expire: expire)
      return (state.nextID, state.wakeUp.map { deadline < $0 } ?? true)
    }
    if isEarlier { signal.send() }
    return id
  }

  func remove(_ id: Int) {
    state.withLock { _ = $0.entries.removeValue(forKey: id) }
  }

  /// Keeps the deadlines until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      let now = clock.uptime()
      let (expired, next) = state.withLock { state in
        let due = state.entries.filter { $0.value.deadline <= now }
        for id in due.keys { state.entries[id] = nil }
        state.wakeUp = state.entries.values.map(\.deadline).min()
        return (due.values.map(\.expire), state.wakeUp)
      }
      for expire in expired { expire() }
      if let next { await signal.wait(until: next, clock: clock) } else { await signal.wait() }
    }
  }
}
