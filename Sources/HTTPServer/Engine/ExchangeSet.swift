import Synchronization

/// The requests that are somewhere between their first line and the end of their response.
final class ExchangeSet: Sendable {
  private struct State {
    var exchanges: [ObjectIdentifier: Exchange] = [:]
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())
  private let draining = Atomic<Bool>(false)
  private let closed = Atomic<Bool>(false)

  /// The server stops: responses close their connection, streams end.
  var isDraining: Bool { draining.load(ordering: .acquiring) }
  /// The grace is over: nothing is started any more.
  var isClosed: Bool { closed.load(ordering: .acquiring) }

  func insert(_ exchange: Exchange) {
    state.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange }
  }

  func remove(_ exchange: Exchange) {
    let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
      state.exchanges[ObjectIdentifier(exchange)] = nil
      guard state.exchanges.isEmpty else { return nil }
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
  }

  var count: Int { state.withLock { $0.exchanges.count } }

  /// Marks the server as stopping; who is there.
  func drain() -> [Exchange] {
    draining.store(true, ordering: .releasing)
    return all
  }

  /// Marks the grace as over; who is there.
  func close() -> [Exchange] {
    closed.store(true, ordering: .releasing)
    return all
  }

  /// Returns when nobody is there, or after `limit`.
  func waitUntilEmpty(limit: Duration) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.waitUntilEmpty() }
      group.addTask { try? await Task.sleep(for: limit) }
      await group.next()
      group.cancelAll()
    }
  }

  private var all: [Exchange] { state.withLock { Array($0.exchanges.values) } }

  private func waitUntilEmpty() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isEmpty = state.withLock { state in
          if state.exchanges.isEmpty || Task.isCancelled { return true }
          state.waiting = continuation
          return false
        }
        if isEmpty { continuation.resume() }
      }
    } onCancel: {
      let waiting = state.withLock { state in
        defer { state.waiting = nil }
        return state.waiting
      }
      waiting?.resume()
    }
  }
}
