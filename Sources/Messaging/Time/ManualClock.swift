import Events
import Synchronization

/// A clock that stands still until a test moves it.
///
/// Any task may sleep on it and move it. Sleepers whose time has come are woken in the order of their deadlines.
public final class ManualClock: EventClock {
  private struct Sleeper {
    let id: Int
    let deadline: Duration
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct Observer {
    let count: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var now: Timestamp
    var uptime = Duration.zero
    var sleepers: [Sleeper] = []
    /// Sleeps that have not returned; true once one was cancelled before it had its continuation.
    var isCancelled: [Int: Bool] = [:]
    var observers: [Observer] = []
    var nextID = 0
  }

  private let state: Mutex<State>

  /// - Parameter now: What the wall clock says; 2026-01-01T00:00:00Z unless told otherwise.
  public init(now: Timestamp = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)) {
    state = Mutex(State(now: now))
  }

  public func now() -> Timestamp { state.withLock { $0.now } }

  public func uptime() -> Duration { state.withLock { $0.uptime } }

  /// Moves both clocks on and wakes whose time has come.
  public func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now + duration
      state.uptime += duration
      let uptime = state.uptime
      let due = state.sleepers.filter { $0.deadline <= uptime }.sorted { $0.deadline < $1.deadline }
      state.sleepers.removeAll { $0.deadline <= uptime }
      return due
    }
    for sleeper in due { sleeper.continuation.resume() }
  }

  /// Sets the wall clock alone, as an operator or a time server does; the uptime does not move.
  public func jump(to now: Timestamp) {
    state.withLock { $0.now = now }
  }

  /// Waits until so many tasks, at least, are asleep on this clock.
  public func waitForSleepers(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.observers.append(Observer(count: count, continuation: continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  public func sleep(until uptime: Duration) async throws {
    try Task.checkCancellation()
    let id = state.withLock { state in
      state.nextID += 1
      state.isCancelled[state.nextID] = false
      return state.nextID
    }
    defer { state.withLock { _ = $0.isCancelled.removeValue(forKey: id) } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        add(Sleeper(id: id, deadline: uptime, continuation: continuation))
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func add(_ sleeper: Sleeper) {
    let (outcome, observers) = state.withLock { state -> (Result<Void, any Error>?, [Observer]) in
      if state.isCancelled[sleeper.id] == true { return (.failure(CancellationError()), []) }
      if sleeper.deadline <= state.uptime { return (.success(()), []) }
      state.sleepers.append(sleeper)
      let count = state.sleepers.count
      let observers = state.observers.filter { $0.count <= count }
      state.observers.removeAll { $0.count <= count }
      return (nil, observers)
    }
    if let outcome { sleeper.continuation.resume(with: outcome) }
    for observer in observers { observer.continuation.resume() }
  }

  private func cancel(_ id: Int) {
    let sleeper = state.withLock { state -> Sleeper? in
      guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
        if state.isCancelled[id] != nil { state.isCancelled[id] = true }
        return nil
      }
      return state.sleepers.remove(at: index)
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }
}
