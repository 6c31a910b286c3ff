import Synchronization

/// A latch that wakes whoever waits for work.
///
/// A send while nobody waits is remembered once and ends the next wait at once. A send while several wait wakes them
/// all. Any task and any thread may send and wait.
public final class Signal: Sendable {
  private struct State {
    var isSet = false
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    /// Waits that have not returned; true once one ended before it had its continuation.
    var hasEnded: [Int: Bool] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  public init() {}

  public func send() {
    let waiters = state.withLock { state in
      if state.waiters.isEmpty { state.isSet = true }
      defer { state.waiters.removeAll(keepingCapacity: true) }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns at a send, or when the task is cancelled.
  public func wait() async {
    await wait(as: begin())
  }

  /// Returns at a send, when the clock's uptime reaches the deadline, or when the task is cancelled.
  public func wait(until uptime: Duration, clock: any EventClock) async {
    if takeSend() { return }
    let id = begin()
    let alarm = Task {
      // A wait that ended before its deadline cancels the alarm, and there is nothing left to end.
      guard (try? await clock.sleep(until: uptime)) != nil else { return }
      end(id)
    }
    await wait(as: id)
    alarm.cancel()
  }

  private func wait(as id: Int) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.hasEnded[id] == true { return true }
          if state.isSet {
            state.isSet = false
            return true
          }
          state.waiters[id] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      end(id)
    }
    state.withLock { _ = $0.hasEnded.removeValue(forKey: id) }
  }

  private func begin() -> Int {
    state.withLock { state in
      state.nextID += 1
      state.hasEnded[state.nextID] = false
      return state.nextID
    }
  }

  private func takeSend() -> Bool {
    state.withLock { state in
      defer { state.isSet = false }
      return state.isSet
    }
  }

  private func end(_ id: Int) {
    let waiter = state.withLock { state in
      let waiter = state.waiters.removeValue(forKey: id)
      if state.hasEnded[id] != nil { state.hasEnded[id] = true }
      return waiter
    }
    waiter?.resume()
  }
}
