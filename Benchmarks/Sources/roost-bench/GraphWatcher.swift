import HTTPClient
import JSON
import Synchronization

/// Follows the updates of the knowledge graph over HTTP and notes when each memory's came.
final class GraphWatcher: Sendable {
  private struct State {
    var times: [String: ContinuousClock.Instant] = [:]
    var isRunning = false
    var failure: (any Error)?
    var waiters: [(count: Int, continuation: CheckedContinuation<Void, any Error>)] = []
  }

  private let url: String
  private let state = Mutex(State())

  init(url: String) { self.url = url }

  /// When each memory's update came first, by memory id.
  var times: [String: ContinuousClock.Instant] { state.withLock { $0.times } }

  /// Reads until it is cancelled or the server ends the stream.
  func run() async throws {
    let request = HTTPClientRequest(
      method: "GET", url: url + "/v1/events?pattern=knowledge_graph.updated&from=beginning", timeout: .seconds(600))
    do {
      state.withLock { $0.isRunning = true }
      for try await message in HTTPClient.shared.events(from: request) {
        let event = try JSONValue(parsing: message.data)
        guard let id = event["payload"]?["memory_id"]?.stringValue else { continue }
        note(id)
      }
      throw BenchmarkFailure("the stream of events ended")
    } catch {
      let waiters = state.withLock { state in
        state.failure = error
        defer { state.waiters = [] }
        return state.waiters
      }
      for waiter in waiters { waiter.continuation.resume(throwing: error) }
      throw error
    }
  }

  func started() async throws {
    while !state.withLock({ $0.isRunning }) { try await Task.sleep(for: .milliseconds(5)) }
  }

  private func note(_ id: String) {
    let now = ContinuousClock.now
    let ready = state.withLock { state in
      if state.times[id] == nil { state.times[id] = now }
      let ready = state.waiters.filter { $0.count <= state.times.count }
      state.waiters.removeAll { $0.count <= state.times.count }
      return ready
    }
    for waiter in ready { waiter.continuation.resume() }
  }

  /// Returns when the updates of so many memories have come.
  func wait(for count: Int) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      let result: Result<Void, any Error>? = state.withLock { state in
        if let failure = state.failure { return .failure(failure) }
        if state.times.count >= count { return .success(()) }
        state.waiters.append((count, continuation))
        return nil
      }
      if let result { continuation.resume(with: result) }
    }
  }
}
