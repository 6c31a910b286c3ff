import Synchronization

/// Gives up on handlers that take too long.
///
/// One task sleeps until the oldest request's time is up; there is none while nothing runs. A request costs an entry
/// in a dictionary, not a timer.
final class RequestDeadlines: Sendable {
  private struct State {
    var running: [ObjectIdentifier: (exchange: Exchange, deadline: ContinuousClock.Instant)] = [:]
    var isWatching = false
  }

  private let limit: Duration
  private let response: HTTPResponse
  private let state = Mutex(State())

  /// - Parameter response: What a client gets whose request took longer than `limit`.
  init(limit: Duration, response: HTTPResponse) {
    self.limit = limit
    self.response = response
  }

  func add(_ exchange: Exchange, from start: ContinuousClock.Instant) {
    let mustWatch = state.withLock { state in
      state.running[ObjectIdentifier(exchange)] = (exchange, start + limit)
      defer { state.isWatching = true }
      return !state.isWatching
    }
    if mustWatch { Task { await self.watch() } }
  }

  func remove(_ exchange: Exchange) {
    state.withLock { _ = $0.running.removeValue(forKey: ObjectIdentifier(exchange)) }
  }

  private func watch() async {
    while let next = giveUpOnLate() { try? await Task.sleep(until: next, clock: .continuous) }
  }

  /// Answers for those whose time is up; when to look again, nil when nobody is left.
  private func giveUpOnLate() -> ContinuousClock.Instant? {
    let now = ContinuousClock.now
    let (late, next) = state.withLock { state -> ([Exchange], ContinuousClock.Instant?) in
      var late: [Exchange] = []
      var next: ContinuousClock.Instant?
      for (id, entry) in state.running {
        if entry.deadline <= now {
          late.append(entry.exchange)
          state.running[id] = nil
        } else {
          next = next.map { min($0, entry.deadline) } ?? entry.deadline
        }
      }
      state.isWatching = next != nil
      return (late, next)
    }
    for exchange in late { exchange.giveUp(response) }
    return next
  }
}
