import Synchronization

/// Counts who uses something that is freed by hand, and lets the one who frees it wait for them.
final class UseGate: Sendable {
  private struct State {
    var users = 0
    var isClosed = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Whether it may be used; a yes is followed by `leave()`.
  func enter() -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.users += 1
      return true
    }
  }

  func leave() {
    let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.users -= 1
      guard state.users == 0 else { return [] }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Lets nobody in any more, and returns when the last user has left.
  func close() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        state.isClosed = true
        guard state.users > 0 else { return true }
        state.waiters.append(continuation)
        return false
      }
      if isEmpty { continuation.resume() }
    }
  }
}
