import Synchronization

/// What clients were told of their writes: a write is acknowledged, or its outcome is unknown.
final class WriteLedger: Sendable {
  struct Entry: Sendable {
    /// The highest version that the server acknowledged.
    var acknowledgedVersion: Int
    var content: String
    /// A later write whose answer never came: it may have happened.
    var uncertainContent: String?
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var acknowledgements = 0
    var threshold: (count: Int, continuation: CheckedContinuation<Void, Never>)?
  }

  private let state = Mutex(State())

  var entries: [String: Entry] { state.withLock { $0.entries } }
  var acknowledgements: Int { state.withLock { $0.acknowledgements } }

  func acknowledge(_ memoryID: String, version: Int, content: String) {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.entries[memoryID] = Entry(acknowledgedVersion: version, content: content)
      state.acknowledgements += 1
      guard let threshold = state.threshold, state.acknowledgements >= threshold.count else { return nil }
      state.threshold = nil
      return threshold.continuation
    }
    waiter?.resume()
  }

  func doubt(_ memoryID: String, content: String) {
    state.withLock { $0.entries[memoryID]?.uncertainContent = content }
  }

  /// Returns when so many writes were acknowledged in all. One task waits at a time.
  func wait(for count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.acknowledgements >= count { return true }
        state.threshold = (count, continuation)
        return false
      }
      if isThere { continuation.resume() }
    }
  }
}
