import Dispatch
import Synchronization

/// Holds a closure on a database thread until the test lets it go, and tells the test that it has arrived.
final class Gate: Sendable {
  private struct State {
    var hasArrived = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())
  private let opened = DispatchSemaphore(value: 0)

  /// Called inside the transaction, on a thread that may block.
  func pass() {
    let waiting = state.withLock { state in
      state.hasArrived = true
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
    opened.wait()
  }

  func open() {
    opened.signal()
  }

  /// Waits until somebody stands at the gate.
  func arrival() async {
    await withCheckedContinuation { continuation in
      let hasArrived = state.withLock { state in
        if !state.hasArrived { state.waiting = continuation }
        return state.hasArrived
      }
      if hasArrived { continuation.resume() }
    }
  }
}
