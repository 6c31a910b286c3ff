import HTTPServer
import Telemetry

/// Runs a server on a free port for as long as the closure runs.
func withServer<Value>(
  _ router: Router, configuration: HTTPServerConfiguration = .init(), sink: RecentLogSink = .init(),
  metrics: MetricsRegistry = .init(), _ body: (Int) async throws -> Value
) async throws -> Value {
  let logger = Logger(label: "test") { _ in JSONLinesLogHandler(sink: sink, level: .debug) }
  let server = HTTPServer(configuration: configuration, router: router, logger: logger, metrics: metrics)
  try server.start()
  do {
    let value = try await body(server.port)
    await server.shutdown(grace: .seconds(5))
    return value
  } catch {
    await server.shutdown(grace: .zero)
    throw error
  }
}

/// Sends one request on a connection of its own.
func exchange(_ port: Int, _ request: String) async throws -> RawResponse {
  let connection = try RawConnection(port: port)
  await connection.send(request)
  return await connection.readResponse()
}

/// A request with a JSON body.
func post(_ path: String, _ body: String, contentType: String = "application/json", headers: String = "") -> String {
  "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(contentType)\r\n"
    + "Content-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
}

/// A request without a body.
func get(_ path: String, method: String = "GET", headers: String = "") -> String {
  "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n"
}
