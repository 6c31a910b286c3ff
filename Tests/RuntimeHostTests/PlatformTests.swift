import Foundation
import HTTPClient
import JSON
import RoostTesting
import Testing

@testable import RuntimeHost

/// Two processes, each with a service of its own, that answer for both.
@Suite("A platform of several processes", .timeLimit(.minutes(5)))
struct PlatformTests {
  @Test("any process tells the status of all, and of its own alone where the whole is not asked for")
  func status() async throws {
    try await withPlatform { platform in
      let whole = try await platform.get("/v1/status", from: platform.second)
      #expect(whole["status"] == "ready")
      #expect(whole["services"]?.arrayValue?.map { $0["name"] } == ["asking", "answering"])
      let own = try await platform.get("/v1/status", from: platform.second, scope: nil)
      #expect(own["services"]?.arrayValue?.map { $0["name"] } == ["answering"])
      #expect(try await platform.send("GET", "/health/ready", to: platform.first).status == 200)
    }
  }

  @Test("a process that is gone is told: the platform is not ready, and a list that would lack its part is refused")
  func absence() async throws {
    try await withPlatform { platform in
      await platform.second.shutdown()
      let status = try await platform.get("/v1/status", from: platform.first)
      #expect(status["status"] == "not ready")
      #expect(status["services"]?.arrayValue?.map { $0["ready"] } == [true, false])
      let readiness = try await platform.send("GET", "/health/ready", to: platform.first)
      #expect(readiness.status == 503)
      #expect(readiness.text.contains("answering"))
      let list = try await platform.send("GET", "/v1/failed-deliveries", to: platform.first)
      #expect(list.status == 503)
      #expect(list.headers["retry-after"] == "1")
      #expect(list.headers["content-type"] == "application/problem+json")
    }
  }

  @Test("failed deliveries of another process are listed page by page, found, corrected and counted")
  func failedDeliveries() async throws {
    try await withPlatform { platform in
      for _ in 0..<3 {
        let answer = try await platform.send("POST", "/v1/questions", to: platform.first, body: ["text": "poison"])
        #expect(answer.status == 201)
      }
      try await platform.waitForFailures(3)
      var ids: [String] = []
      var cursor: String?
      repeat {
        let page = try await platform.get(
          "/v1/failed-deliveries?limit=2" + (cursor.map { "&cursor=\($0)" } ?? ""), from: platform.first)
        ids += (page["items"]?.arrayValue ?? []).compactMap { $0["failed_delivery_id"]?.stringValue }
        cursor = page["next_cursor"]?.stringValue
      } while cursor != nil
      #expect(Set(ids).count == 3 && ids.count == 3)
      let id = try #require(ids.first)
      let found = try await platform.get("/v1/failed-deliveries/\(id)", from: platform.first)
      #expect(found["service"] == "answering")
      let edited = try await platform.send(
        "POST", "/v1/failed-deliveries/\(id)/edit", to: platform.first,
        body: ["payload": ["question_id": "q", "text": "cured"]])
      #expect(edited.status == 200)
      while try await platform.get("/v1/failed-deliveries/\(id)", from: platform.first)["status"] != "resolved" {
        try await Task.sleep(for: .milliseconds(5))
      }
      let discarded = try await platform.send("POST", "/v1/failed-deliveries/discard", to: platform.first)
      #expect(try discarded.json()["count"]?.intValue == 2)
      #expect(try await platform.send("GET", "/v1/failed-deliveries/none", to: platform.first).status == 404)
      let wrong = try await platform.send("GET", "/v1/failed-deliveries?limit=0", to: platform.first)
      #expect(wrong.status == 400)
    }
  }

  private func withPlatform(_ body: (Platform) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let transport = InMemoryTransport()
      let ports = [try freePort(), try freePort()]
      let peers = "asking=http://127.0.0.1:\(ports[0]),answering=http://127.0.0.1:\(ports[1])"
      func host(_ index: Int, _ service: any ServicePlugin.Type) throws -> RuntimeHost {
        RuntimeHost(
          configuration: try HostConfiguration(flags: [
            "--data-dir=\(folder.path)/\(index)", "--listen=127.0.0.1:\(ports[index])", "--peers=\(peers)",
            "--drain-timeout=5s",
          ]), services: [service], transport: transport, metrics: MetricsRegistry())
      }
      let platform = Platform(first: try host(0, AskingService.self), second: try host(1, AnsweringService.self))
      do {
        try await platform.first.start()
        try await platform.second.start()
        // The services join their groups in the background; the suite's time limit ends a wait for one that never does.
        while !platform.first.isReady || !platform.second.isReady { try await Task.sleep(for: .milliseconds(5)) }
        try await body(platform)
      } catch {
        await platform.shutdown()
        await transport.close()
        throw error
      }
      await platform.shutdown()
      await transport.close()
    }
  }
}

/// The two processes of the suite, which are two hosts of one process.
private struct Platform {
  let first: RuntimeHost
  let second: RuntimeHost

  func send(
    _ method: String, _ path: String, to host: RuntimeHost, body: JSONValue? = nil,
    scope: String? = PlatformView.wholePlatform
  ) async throws -> HTTPClientResponse {
    try await HTTPClient.shared.json(
      body, to: "http://127.0.0.1:\(host.port)\(path)", method: method,
      headers: scope.map { [HTTPClientField(PlatformView.header, $0)] } ?? [], timeout: .seconds(60))
  }

  func get(
    _ path: String, from host: RuntimeHost, scope: String? = PlatformView.wholePlatform
  ) async throws -> JSONValue {
    let response = try await send("GET", path, to: host, scope: scope)
    #expect(response.isSuccess, "\(path): \(response.text)")
    return try response.json()
  }

  /// Asks until so many deliveries have failed for good.
  func waitForFailures(_ count: Int) async throws {
    while try await get("/v1/failed-deliveries?status=dead", from: first)["items"]?.arrayValue?.count != count {
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  func shutdown() async {
    await first.shutdown()
    await second.shutdown()
  }
}
