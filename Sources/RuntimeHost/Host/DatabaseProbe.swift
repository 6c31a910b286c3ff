import Synchronization

/// Asks a database whether it answers. Any task may ask; those who ask at the same time share one question.
final class DatabaseProbe: Sendable {
  private struct State {
    var isAsking = false
    var waiters: [Int: CheckedContinuation<String?, Never>] = [:]
    var nextWaiter = 0
  }

  private let database: any Database
  private let clock: any EventClock
  private let state = Mutex(State())

  init(database: any Database, clock: any EventClock) {
    self.database = database
    self.clock = clock
  }

  /// - Parameter limit: A database that takes longer counts as one that does not answer.
  /// - Returns: Why it does not answer; nil when it does.
  func failure(within limit: Duration) async -> String? {
    await withCheckedContinuation { continuation in
      let (waiter, asks) = state.withLock { state in
        let waiter = state.nextWaiter
        state.nextWaiter += 1
        state.waiters[waiter] = continuation
        defer { state.isAsking = true }
        return (waiter, !state.isAsking)
      }
      if asks { Task { await ask() } }
      Task {
        try? await clock.sleep(for: limit)
        let late = state.withLock { $0.waiters.removeValue(forKey: waiter) }
        late?.resume(returning: "the database does not answer")
      }
    }
  }

  private func ask() async {
    var failure: String?
    do {
      _ = try await database.read { tx in try tx.first("SELECT 1") { try $0.int(0) } }
    } catch {
      failure = (error as? DatabaseError)?.message ?? "\(error)"
    }
    let waiters = state.withLock { state in
      state.isAsking = false
      defer { state.waiters = [:] }
      return state.waiters.values
    }
    for waiter in waiters { waiter.resume(returning: failure) }
  }
}
