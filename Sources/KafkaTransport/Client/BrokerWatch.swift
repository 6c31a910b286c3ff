import Synchronization

/// What one client knows of its brokers, as librdkafka's threads tell of it.
final class BrokerWatch: Sendable {
  private struct State {
    var connected: Set<String> = []
    var lastError: String?
  }

  private let state = Mutex(State())

  /// Whether a connection to some broker is up.
  var isConnected: Bool { state.withLock { !$0.connected.isEmpty } }

  /// The last thing that went wrong since a connection came up, in one line.
  var lastError: String? { state.withLock { $0.lastError } }

  /// - Parameter name: librdkafka's state of the connection, such as `UP`.
  func noteState(_ name: String, of broker: String) {
    state.withLock { state in
      guard name == "UP" else {
        state.connected.remove(broker)
        return
      }
      state.connected.insert(broker)
      state.lastError = nil
    }
  }

  func noteError(_ message: String) {
    state.withLock { $0.lastError = message }
  }
}
