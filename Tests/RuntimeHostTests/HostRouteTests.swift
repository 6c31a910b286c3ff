import HTTPClient
import JSON
import RoostTesting
import RuntimeHost
import Testing

/// What every host answers, whatever services it runs.
@Suite("A host's own routes", .timeLimit(.minutes(5)))
struct HostRouteTests {
  private static let services: [any ServicePlugin.Type] = [AskingService.self, AnsweringService.self]

  @Test("health is told apart: alive, and ready once every service takes events")
  func health() async throws {
    try await TestHost.run(Self.services) { host in
      try await host.waitUntilIdle()
      #expect(try await host.get("/health/live")["status"] == "ok")
      #expect(try await host.get("/health/ready")["status"] == "ready")
    }
  }

  @Test("the metrics count requests and events, and tell what waits")
  func metrics() async throws {
    try await TestHost.run(Self.services) { host in
      try await host.post("/v1/questions", ["text": "why"])
      try await host.waitUntilIdle()
      let response = try await host.send("GET", "/metrics")
      for line in [
        #"http_server_requests_total{method="POST",route="/v1/questions",status="201"} 1"#,
        #"roost_consumer_lag{service="answering"} 0"#,
        #"roost_failed_deliveries{service="answering",status="dead"} 0"#,
      ] { #expect(response.text.contains(line), "\(line) is not among\n\(response.text)") }
    }
  }

  @Test("a failed delivery that was given up is no longer counted as dead")
  func metricsAfterDiscard() async throws {
    try await TestHost.run(Self.services) { host in
      func dead() async throws -> String? {
        try await host.send("GET", "/metrics").text.split(separator: "\n")
          .first { $0.hasPrefix(#"roost_failed_deliveries{service="answering",status="dead"}"#) }.map(String.init)
      }
      try await host.post("/v1/questions", ["text": "poison"])
      _ = try await host.events(matching: "delivery.failed", count: 1)
      #expect(try await dead()?.hasSuffix(" 1") == true)
      try await host.post("/v1/failed-deliveries/discard", ["status": "dead"])
      #expect(try await dead()?.hasSuffix(" 0") == true)
    }
  }

  @Test("the status tells how each service stands")
  func status() async throws {
    try await TestHost.run(Self.services) { host in
      try await host.post("/v1/questions", ["text": "poison"])
      _ = try await host.events(matching: "delivery.failed", count: 1)
      try await host.waitUntilIdle()
      let status = try await host.get("/v1/status")
      #expect(status["status"] == "ready")
      let services = try #require(status["services"]?.arrayValue)
      #expect(services.map { $0["name"] } == ["asking", "answering"])
      #expect(services[1]["failed_deliveries"]?["dead"]?.intValue == 1)
      #expect(services.allSatisfy { $0["outbox_pending"] == 0 && $0["lag"] == 0 && $0["outbox_rejected"] == 0 })
    }
  }

  @Test("with a token, nothing but health is answered without it")
  func token() async throws {
    try await TestHost.run(Self.services, settings: ["token": "right"]) { host in
      for path in ["/v1/status", "/v1/events", "/metrics", "/openapi.json"] {
        for headers in [[:], ["Authorization": "Bearer wrong"], ["Authorization": "right"]] {
          let response = try await host.send("GET", path, headers: headers)
          #expect(response.status == 401, "\(path) \(headers)")
        }
      }
      #expect(try await host.send("GET", "/v1/status", headers: ["Authorization": "bearer right"]).status == 200)
      #expect(try await host.send("GET", "/health/live").status == 200)
    }
  }

  @Test("every answer names its flow: the client's, or a new one when the client's is no id")
  func correlation() async throws {
    try await TestHost.run(Self.services) { host in
      func flow(_ headers: [String: String], _ path: String = "/v1/status") async throws -> String? {
        let response = try await host.send("GET", path, headers: headers)
        return response.headers.first { $0.name.lowercased() == "x-correlation-id" }?.value
      }
      let own = try await flow(["X-Correlation-ID": "corr_mine"])
      #expect(own == "corr_mine")
      let ofRefusal = try await flow(["X-Correlation-ID": "corr_mine"], "/v1/events?pattern=..")
      #expect(ofRefusal == "corr_mine")
      for given in ["two words", String(repeating: "a", count: 129), ""] {
        let made = try await flow(["X-Correlation-ID": given])
        #expect(made?.hasPrefix("corr_") == true, "\(given)")
      }
    }
  }

  @Test(
    "a stream of events goes on behind the last id, and a pattern lets through what it matches",
    arguments: TestHost.Transport.available)
  func events(transport: TestHost.Transport) async throws {
    try await TestHost.run(Self.services, transport: transport) { host in
      for index in 0..<4 { try await host.post("/v1/questions", ["text": .string("\(index)")]) }
      let first = try await messages(host, "asking.*", count: 4)
      #expect(first.map(\.event) == Array(repeating: "asking.question.asked", count: 4))
      let place = first[1].id
      let rest = try await messages(host, "asking.*", after: place, count: 2)
      if transport == .kafka {
        // Partitions that are slow to answer may come in another order: of what is behind a place, nothing is left out.
        #expect(Set(rest.map(\.data)) == Set(first[2...].map(\.data)))
        #expect(rest.last?.id == first.last?.id)
      } else {
        #expect(rest.map(\.data) == first[2...].map(\.data))
        #expect(rest.map(\.id) == first[2...].map(\.id))
      }
      let answers = try await messages(host, "*.answer.*", count: 4)
      #expect(answers.allSatisfy { $0.event == "answering.answer.given" })
      let refused = try await host.send("GET", "/v1/events", headers: ["Last-Event-ID": "nonsense"])
      #expect(refused.status == 400)
      #expect(refused.text.contains("Last-Event-ID"))
    }
  }

  private func messages(
    _ host: TestHost, _ pattern: String, after id: String? = nil, count: Int
  ) async throws -> [HTTPClientEvent] {
    let request = HTTPClientRequest(
      method: "GET", url: "\(host.url)/v1/events?pattern=\(pattern)&from=beginning",
      headers: id.map { [HTTPClientField("Last-Event-ID", $0)] } ?? [], timeout: .seconds(60))
    var messages: [HTTPClientEvent] = []
    for try await message in HTTPClient.shared.events(from: request) {
      messages.append(message)
      if messages.count == count { break }
    }
    return messages
  }
}
