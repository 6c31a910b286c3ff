import HTTPServer
import Telemetry

/// Runs a server on a free port for as long as the closure runs; the closure gets its address.
func withServer<Value>(_ router: Router, _ body: (String) async throws -> Value) async throws -> Value {
  let logger = Logger(label: "test") { _ in JSONLinesLogHandler(sink: RecentLogSink(), level: .error) }
  let server = HTTPServer(
    configuration: HTTPServerConfiguration(port: 0), router: router, logger: logger, metrics: MetricsRegistry())
  try server.start()
  do {
    let value = try await body("http://127.0.0.1:\(server.port)")
    await server.shutdown(grace: .seconds(5))
    return value
  } catch {
    await server.shutdown(grace: .zero)
    throw error
  }
}

/// Reached once: waits until someone arrives there.
actor Arrival {
  private var hasArrived = false
  private var waiters: [CheckedContinuation<Void, Never>] = []

  func arrive() {
    hasArrived = true
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  func wait() async {
    guard !hasArrived else { return }
    await withCheckedContinuation { waiters.append($0) }
  }
}
