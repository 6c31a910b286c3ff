import Synchronization

/// Lets one task wait until something has happened a number of times.
final class Countdown: Sendable {
  private let state: Mutex<(left: Int, waiter: CheckedContinuation<Void, Never>?)>

  init(_ count: Int) { state = Mutex((count, nil)) }

  func countDown() {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.left -= 1
      guard state.left <= 0 else { return nil }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.left > 0 { state.waiter = continuation }
        return state.left <= 0
      }
      if isOver { continuation.resume() }
    }
  }
}
