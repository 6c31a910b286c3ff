import RoostTesting
import RuntimeHost
import Synchronization

/// A local HTTP endpoint that answers as the test says, and remembers what it was asked.
final class Endpoint: Sendable {
  let requests = Recorder<HTTPRequest>()
  private let answer = Mutex<@Sendable () async throws -> HTTPResponse>({ .empty() })

  /// Runs a test with an endpoint and stops it afterwards.
  static func run(
    isolation: isolated (any Actor)? = #isolation, _ body: (_ endpoint: Endpoint, _ url: String) async throws -> Void
  ) async throws {
    let endpoint = Endpoint()
    var router = Router()
    router.post(
      "/call", Operation(id: "call", summary: "Call", requestBody: .any, responses: [.ok: .json(.any)])
    ) { [endpoint] request in
      endpoint.requests.append(request)
      let answer = endpoint.answer.withLock { $0 }
      return try await answer()
    }
    var configuration = HTTPServerConfiguration()
    configuration.port = 0
    let server = HTTPServer(configuration: configuration, router: router, metrics: MetricsRegistry())
    try server.start()
    do {
      try await body(endpoint, "http://127.0.0.1:\(server.port)/call")
    } catch {
      await server.shutdown(grace: .zero)
      throw error
    }
    await server.shutdown(grace: .zero)
  }

  func answers(_ answer: @escaping @Sendable () async throws -> HTTPResponse) {
    self.answer.withLock { $0 = answer }
  }
}
