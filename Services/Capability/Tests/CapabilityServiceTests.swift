import CapabilityEvents
import HostEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import CapabilityService

@Suite("The capability service")
struct CapabilityServiceTests {
  private static let services: [any ServicePlugin.Type] = [
    CapabilityService.self, AskingAgents.self, AskingEvolution.self,
  ]

  private func ask(
    _ host: TestHost, _ capabilityID: JSONValue?, execution: String, _ input: JSONValue = nil
  ) async throws {
    try await host.post(
      "/ask", ["capability_id": capabilityID ?? nil, "execution_id": .string(execution), "input": input])
  }

  private func payloads<Payload: EventPayload>(
    _ type: Payload.Type, count: Int, in host: TestHost
  ) async throws -> [Payload] {
    try await host.events(matching: EventPattern(type.eventType), count: count).map { try $0.decode(type) }
  }

  @Test("text with U+0000 is refused with the field's name, on either engine", arguments: TestEngine.available)
  func nul(on engine: TestEngine) async throws {
    try await TestHost.run([CapabilityService.self], engine: engine) { host in
      for (body, pointer) in [
        (["name": "a\0b", "kind": "builtin", "builtin": "echo"], "/name"),
        (["name": "a", "kind": "builtin", "builtin": "echo", "description": "\0"], "/description"),
        (["name": "a", "kind": "http", "url": "http://host.test/\0"], "/url"),
      ] as [(JSONValue, String)] {
        let answer = try await host.send("POST", "/v1/capabilities", body)
        #expect(answer.status == 422)
        #expect(try answer.json()["errors"]?[0]?["pointer"] == .string(pointer))
      }
    }
  }

  @Test(
    "the built-ins are there after a start, and registered once however often it starts",
    arguments: TestEngine.available)
  func seeds(on engine: TestEngine) async throws {
    try await TestDatabases.run(on: engine) { databases in
      for _ in 0..<2 {
        try await TestHost.run([CapabilityService.self], on: databases) { host in
          _ = try await host.events(matching: "capability.registered", count: 4)
          try await host.waitUntilIdle()
        }
      }
      try await TestHost.run([CapabilityService.self], on: databases) { host in
        try await host.post("/v1/capabilities", ["name": "last", "kind": "builtin", "builtin": "echo"])
        let names = try await payloads(CapabilityRegistered.self, count: 5, in: host).map(\.name)
        #expect(names.sorted() == ["echo", "json.pick", "last", "text.word_count", "time.now"])
      }
    }
  }

  @Test("a built-in is executed, and its result published", arguments: TestEngine.available)
  func builtin(on engine: TestEngine) async throws {
    try await TestHost.run(Self.services, engine: engine) { host in
      _ = try await host.events(matching: "capability.registered", count: 4)
      try await ask(host, "cap_text_word_count", execution: "exec_1", ["text": "Two words"])
      let completed = try await payloads(CapabilityExecutionCompleted.self, count: 1, in: host)
      #expect(completed[0].executionID == "exec_1")
      #expect(completed[0].agentID == "agent_1")
      #expect(completed[0].result == ["words": 2, "lines": 1, "characters": 9])
    }
  }

  @Test(
    "an endpoint is called with the input and the execution's id, and its JSON is the result",
    arguments: TestEngine.available)
  func http(on engine: TestEngine) async throws {
    try await Endpoint.run { endpoint, url in
      endpoint.answers { .json(["sum": 3]) }
      try await TestHost.run(Self.services, engine: engine) { host in
        let capability = try await host.post(
          "/v1/capabilities",
          ["name": "sum", "kind": "http", "url": .string(url), "headers": ["Authorization": "Bearer secret"]])
        #expect(capability["headers"] == nil)
        #expect(capability["header_names"] == ["Authorization"])
        try await ask(host, capability["capability_id"], execution: "exec_1", ["a": 1, "b": 2])
        let completed = try await payloads(CapabilityExecutionCompleted.self, count: 1, in: host)
        #expect(completed[0].result == ["sum": 3])
        let request = try #require(endpoint.requests.elements.first)
        #expect(try request.json() == ["a": 1, "b": 2])
        #expect(request.headers["Idempotency-Key"] == "exec_1")
        #expect(request.headers["Authorization"] == "Bearer secret")
        #expect(endpoint.requests.elements.count == 1)
      }
    }
  }

  @Test("each kind of failure is named, and none stops the others", arguments: TestEngine.available)
  func failures(on engine: TestEngine) async throws {
    try await Endpoint.run { endpoint, url in
      try await TestHost.run(Self.services, engine: engine) { host in
        _ = try await host.events(matching: "capability.registered", count: 4)
        let capability = try await host.post(
          "/v1/capabilities", ["name": "flaky", "kind": "http", "url": .string(url), "timeout_ms": 800])
        let closed = try await host.post(
          "/v1/capabilities",
          ["name": "closed", "kind": "http", "url": .string("http://127.0.0.1:\(try freePort())/call")])
        var failed = 0
        func failure(_ id: JSONValue?, _ input: JSONValue = nil) async throws -> CapabilityExecutionFailed {
          failed += 1
          try await ask(host, id, execution: "exec_\(failed)", input)
          let all = try await payloads(CapabilityExecutionFailed.self, count: failed, in: host)
          return try #require(all.first { $0.executionID == "exec_\(failed)" })
        }
        endpoint.answers { HTTPResponse(status: 503) }
        #expect(try await failure(capability["capability_id"]).errorKind == "http_status")
        endpoint.answers { HTTPResponse(status: 422) }
        #expect(try await failure(capability["capability_id"]).errorKind == "bad_input")
        endpoint.answers { .bytes(Array("{".utf8), contentType: "application/json") }
        #expect(try await failure(capability["capability_id"]).errorKind == "bad_answer")
        endpoint.answers { .bytes(Array(repeating: 0x61, count: 200_000), contentType: "text/plain") }
        #expect(try await failure(capability["capability_id"]).errorKind == "bad_answer")
        endpoint.answers {
          // Cancelled when the client has gone; the test never waits for its end.
          try? await Task.sleep(for: .seconds(2))
          return .empty()
        }
        #expect(try await failure(capability["capability_id"]).errorKind == "timeout")
        #expect(try await failure(closed["capability_id"]).errorKind == "connection")
        #expect(try await failure("cap_json_pick", ["pointer": "/a"]).errorKind == "bad_input")
        let unknown = try await failure("cap_nobody")
        #expect(unknown.errorKind == "unknown_capability")
        #expect(unknown.durationMs == 0)
      }
    }
  }

  @Test(
    "failures open the breaker, which is told and rejects calls, and bad input does not open it",
    arguments: TestEngine.available)
  func breaker(on engine: TestEngine) async throws {
    try await Endpoint.run { endpoint, url in
      try await TestHost.run(Self.services, engine: engine) { host in
        let capability = try await host.post(
          "/v1/capabilities",
          ["name": "flaky", "kind": "http", "url": .string(url), "breaker": ["failure_threshold": 2]])
        let id = try #require(capability["capability_id"]?.stringValue)
        endpoint.answers { HTTPResponse(status: 400) }
        for index in 0..<5 {
          try await ask(host, .string(id), execution: "exec_a\(index)")
          _ = try await host.events(matching: "capability.execution.failed", count: index + 1)
        }
        #expect(try await host.get("/v1/capabilities/\(id)")["health"]?["circuit"] == "CLOSED")
        endpoint.answers { HTTPResponse(status: 500) }
        for index in 5..<8 {
          try await ask(host, .string(id), execution: "exec_b\(index)")
          _ = try await host.events(matching: "capability.execution.failed", count: index + 1)
        }
        let failed = try await payloads(CapabilityExecutionFailed.self, count: 8, in: host)
        #expect(failed.map(\.errorKind).suffix(3) == ["http_status", "http_status", "circuit_open"])
        #expect(endpoint.requests.elements.count == 7)
        let changed = try await payloads(CircuitBreakerStateChanged.self, count: 1, in: host)
        #expect(changed[0].serviceName == "capability:\(id)")
        #expect((changed[0].previousState, changed[0].currentState) == ("CLOSED", "OPEN"))
        let health = try await host.get("/v1/capabilities/\(id)")["health"]
        #expect(health?["circuit"] == "OPEN")
        #expect(health?["recent_calls"] == 8)
        #expect(health?["last_error_kind"] == "circuit_open")
      }
    }
  }

  @Test("a change that evolution asks for is in force and told of, once", arguments: TestEngine.available)
  func implementation(on engine: TestEngine) async throws {
    try await TestHost.run(Self.services, engine: engine) { host in
      _ = try await host.events(matching: "capability.registered", count: 4)
      for _ in 0..<2 {
        try await host.post(
          "/implement",
          [
            "implementation_id": "impl_1", "capability_id": "cap_echo",
            "changes": ["timeout_ms": 1_500, "breaker": ["failure_threshold": 9]],
          ])
      }
      try await host.post(
        "/implement",
        ["implementation_id": "impl_2", "capability_id": "cap_echo", "changes": ["timeout_ms": 1_500]])
      let updated = try await payloads(CapabilityUpdated.self, count: 2, in: host)
      #expect(Set(updated.map(\.implementationID)) == ["impl_1", "impl_2"])
      let first = try #require(updated.first { $0.implementationID == "impl_1" })
      #expect(first.timeoutMs == 1_500)
      #expect(first.breaker?.failureThreshold == 9)
      #expect(first.breaker?.resetTimeoutMs == 60_000)
      try await host.waitUntilIdle()
      let capability = try await host.get("/v1/capabilities/cap_echo")
      #expect(capability["timeout_ms"] == 1_500)
      #expect(capability["breaker"] == ["failure_threshold": 9, "reset_timeout_ms": 60_000])
    }
  }

  @Test(
    "a change over HTTP names the fields that changed, and one that changes nothing is not told",
    arguments: TestEngine.available)
  func patch(on engine: TestEngine) async throws {
    try await TestHost.run(Self.services, engine: engine) { host in
      let capability = try await host.post(
        "/v1/capabilities", ["name": "remote", "kind": "http", "url": "http://example.org/call"])
      let id = try #require(capability["capability_id"]?.stringValue)
      try await host.patch("/v1/capabilities/\(id)", ["name": "remote", "timeout_ms": 30_000])
      let changed = try await host.patch(
        "/v1/capabilities/\(id)", ["description": "far", "url": "https://example.org/", "timeout_ms": 10])
      #expect(changed["version"] == 2)
      let updated = try await payloads(CapabilityUpdated.self, count: 1, in: host)
      #expect(updated[0].updatedFields == ["description", "url", "timeout_ms"])
    }
  }

  @Test(
    "what cannot be called is refused",
    arguments: [
      #"{"name":"a","kind":"http"}"#,
      #"{"name":"a","kind":"http","url":"file:///etc/passwd"}"#,
      #"{"name":"a","kind":"http","url":"gopher://example.org/"}"#,
      #"{"name":"a","kind":"http","url":"http://"}"#,
      #"{"name":"a","kind":"http","url":"http://user:secret@example.org/"}"#,
      #"{"name":"a","kind":"http","url":"http://example.org/","headers":{"X-A":"b\r\nX-C: d"}}"#,
      #"{"name":"a","kind":"http","url":"http://example.org/","headers":{"X A":"b"}}"#,
      #"{"name":"a","kind":"http","url":"http://example.org/","headers":{"Host":"b"}}"#,
      #"{"name":"a","kind":"http","url":"http://example.org/","timeout_ms":3600000}"#,
      #"{"name":"a","kind":"builtin"}"#,
      #"{"name":"a","kind":"builtin","builtin":"rm"}"#,
      #"{"name":"a","kind":"builtin","builtin":"echo","url":"http://example.org/"}"#,
      #"{"name":"","kind":"builtin","builtin":"echo"}"#,
    ])
  func refuses(body: String) async throws {
    try await TestHost.run([CapabilityService.self]) { host in
      let response = try await host.send("POST", "/v1/capabilities", try JSONValue(parsing: body))
      #expect(response.status == 422)
    }
  }

  @Test(
    "hosts that are not allowed are refused, names are unique, lists go on page by page",
    arguments: TestEngine.available)
  func rules(on engine: TestEngine) async throws {
    try await TestHost.run(
      [CapabilityService.self], engine: engine, settings: ["capability.allowed_hosts": "example.org, Example.com"]
    ) { host in
      _ = try await host.events(matching: "capability.registered", count: 4)
      func register(_ name: String, _ url: String) async throws -> Int {
        try await host.send(
          "POST", "/v1/capabilities", ["name": .string(name), "kind": "http", "url": .string(url)]
        ).status
      }
      #expect(try await register("a", "http://169.254.169.254/latest") == 422)
      #expect(try await register("a", "http://example.com/") == 201)
      #expect(try await register("a", "http://example.org/") == 409)
      var ids: [JSONValue?] = []
      var path = "/v1/capabilities?limit=2"
      while true {
        let page = try await host.get(path)
        ids += (page["items"]?.arrayValue ?? []).map { $0["name"] }
        guard let next = page["next_cursor"]?.stringValue else { break }
        path = "/v1/capabilities?limit=2&cursor=\(next)"
      }
      #expect(ids == ["echo", "text.word_count", "time.now", "json.pick", "a"])
    }
  }
}
