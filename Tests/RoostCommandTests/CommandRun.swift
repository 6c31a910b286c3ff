import HTTPClient
import HTTPServer
import Synchronization
import Telemetry

@testable import roost

/// What one run of the command gave.
struct CommandRun: Sendable {
  var exitCode: ExitCode
  var output: String
  var errors: String

  /// Runs the command in this process, without a terminal unless it is asked for.
  init(_ words: [String], environment: [String: String] = [:], isTerminal: Bool = false, width: Int = 100) async {
    let output = Captured()
    let errors = Captured()
    let context = CommandContext(
      environment: environment,
      output: TextOutput(isTerminal: isTerminal, width: width) { output.append($0) },
      errors: TextOutput(isTerminal: isTerminal, width: width) { errors.append($0) })
    exitCode = await CommandLineTool(context: context).run(words)
    self.output = output.text
    self.errors = errors.text
  }
}

private final class Captured: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}

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
