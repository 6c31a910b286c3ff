import RuntimeHost

@testable import roost

/// Runs every service on a folder of its own for as long as the closure runs; the closure gets the server's address.
func withHost<Value>(_ body: (String) async throws -> Value) async throws -> Value {
  LoggingSystem.bootstrap(level: .error)
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let configuration = try HostConfiguration(
    flags: ["--data-dir=\(folder.path)", "--listen=127.0.0.1:0"], services: platformServices)
  let host = RuntimeHost(configuration: configuration, services: platformServices, metrics: MetricsRegistry())
  try await host.start()
  do {
    // The services join their groups in the background; the suite's time limit ends a wait for one that never does.
    while !host.isReady { try await Task.sleep(for: .milliseconds(5)) }
    let value = try await body("http://127.0.0.1:\(host.port)")
    await host.shutdown()
    return value
  } catch {
    await host.shutdown()
    throw error
  }
}
