import Synchronization

/// How many tests use a server at a time: tests run side by side, and a server has so many connections and no more.
///
/// The wait counts to a test's time limit, so the limits of suites that run on a server are generous.
public final class TestSlots: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  static let postgreSQL = TestSlots(12)

  private let state: Mutex<State>

  public init(_ count: Int) {
    state = Mutex(State(free: count))
  }

  /// Waits for a slot. Whoever comes first is served first.
  public func take() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.free > 0 else {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  public func giveBack() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
