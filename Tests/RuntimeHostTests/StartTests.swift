import Foundation
import HTTPClient
import JSON
import RoostTesting
import Testing

@testable import RuntimeHost

/// A host whose database is not there yet.
@Suite("A start that has to wait", .timeLimit(.minutes(5)))
struct StartTests {
  @Test("a database that is not there is waited for: alive, not ready, and saying so; the wait can be ended")
  func waiting() async throws {
    let port = try freePort()
    let absent = try freePort()
    let configuration = try HostConfiguration(flags: [
      "--listen=127.0.0.1:\(port)", "--database-url=postgresql://roost:s3cret@127.0.0.1:\(absent)/roost",
      "--data-dir=/no/such/folder",
    ])
    let transport = InMemoryTransport()
    let host = RuntimeHost(
      configuration: configuration, services: [AskingService.self], transport: transport, metrics: MetricsRegistry())
    let start = Task { try await host.start() }
    let readiness = try await answer("/health/ready", port) { $0.text.contains("waiting for PostgreSQL") }
    #expect(readiness.status == 503)
    #expect(readiness.text.contains("127.0.0.1:\(absent)/roost"))
    #expect(!readiness.text.contains("s3cret"))
    #expect(try await answer("/health/live", port) { _ in true }.status == 200)
    let document = try await answer("/openapi.json", port) { _ in true }.json()
    #expect(document["paths"]?["/v1/questions"] != nil)
    let refused = try await HTTPClient.shared.json(["text": "why"], to: "http://127.0.0.1:\(port)/v1/questions")
    #expect(refused.status == 503)
    #expect(try refused.json()["type"] == "starting")
    #expect(refused.headers["retry-after"] == "1")
    start.cancel()
    await #expect(throws: CancellationError.self) { try await start.value }
    await transport.close()
  }

  /// Asks until the answer is the one that is waited for.
  private func answer(
    _ path: String, _ port: Int, until isRight: (HTTPClientResponse) -> Bool
  ) async throws -> HTTPClientResponse {
    while true {
      let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)", timeout: .seconds(5))
      if let response = try? await HTTPClient.shared.send(request), isRight(response) { return response }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
