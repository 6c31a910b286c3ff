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

  /// - Parameters:
  ///   - name: librdkafka's state of the connection, such as `UP`.
  ///   - id: The broker's number; -1 while it is known by its address alone.
  func noteState(_ name: String, of id: Int32, at address: String) {
    let broker = "\(id)/\(address)"
    state.withLock { state in
      // A broker that was reached by its address tells its number later and is known by it from then on.
      if id >= 0 { state.connected.remove("-1/\(address)") }
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
