import AgentEvents
import CapabilityEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import AgentService

@Suite("The agent service")
struct AgentServiceTests {
  private func payloads<Payload: EventPayload>(
    _ type: Payload.Type, count: Int, in host: TestHost
  ) async throws -> [Payload] {
    try await host.events(matching: EventPattern(type.eventType), count: count).map { try $0.decode(type) }
  }

  private func agent(_ host: TestHost, _ body: JSONValue = ["name": "Ada"]) async throws -> String {
    try #require(try await host.post("/v1/agents", body)["agent_id"]?.stringValue)
  }

  @Test("an agent is created and changed, and each change names its fields", arguments: TestEngine.available)
  func changes(on engine: TestEngine) async throws {
    try await TestHost.run([AgentService.self], engine: engine) { host in
      let id = try await agent(host, ["name": "Ada", "capabilities": ["cap_1"], "user_id": "user_1"])
      #expect(id.hasPrefix("agent_"))
      try await host.patch("/v1/agents/\(id)", ["name": "Ada"])
      let changed = try await host.patch("/v1/agents/\(id)", ["capabilities": ["cap_1", "cap_2"], "user_id": nil])
      #expect(changed["user_id"] == .null)
      #expect(try await host.get("/v1/agents/\(id)")["capabilities"] == ["cap_1", "cap_2"])
      let created = try await host.events(matching: "agent.created", count: 1)[0]
      #expect(created.metadata.userID == "user_1")
      #expect(created.metadata.agentID == id)
      #expect(created.sourceService == "agent_service")
      let updated = try await payloads(AgentUpdated.self, count: 1, in: host)[0]
      #expect(updated.updatedFields == ["capabilities", "user_id"])
      #expect(updated.capabilities == ["cap_1", "cap_2"])
      #expect(updated.name == nil)
    }
  }

  @Test("text with U+0000 is refused with the field's name, on either engine", arguments: TestEngine.available)
  func nul(on engine: TestEngine) async throws {
    try await TestHost.run([AgentService.self], engine: engine) { host in
      for (body, pointer) in [
        (["name": "A\0da"], "/name"), (["name": "Ada", "user_id": "\0"], "/user_id"),
        (["name": "Ada", "capabilities": ["cap_1", "cap_\0"]], "/capabilities/1"),
      ] as [(JSONValue, String)] {
        let answer = try await host.send("POST", "/v1/agents", body)
        #expect(answer.status == 422)
        #expect(try answer.json()["errors"]?[0]?["pointer"] == .string(pointer))
      }
      let id = try await agent(host)
      let answer = try await host.send(
        "POST", "/v1/agents/\(id)/executions", ["capability_id": "\0", "input": "\0"])
      #expect(answer.status == 422)
      let started = try await host.post("/v1/agents/\(id)/executions", ["capability_id": "cap_1", "input": "\0"])
      #expect(started["input"] == "\0")
    }
  }

  @Test(
    "an execution is accepted, and asked for by an event of the same flow", arguments: [true, false],
    TestEngine.available)
  func starts(viaAgent: Bool, on engine: TestEngine) async throws {
    try await TestHost.run([AgentService.self], engine: engine) { host in
      let id = try await agent(host, ["name": "Ada", "user_id": "user_1"])
      let started =
        viaAgent
        ? try await host.post("/v1/agents/\(id)/executions", ["capability_id": "cap_1", "input": [1]])
        : try await host.post("/v1/capabilities/cap_1/executions", ["agent_id": .string(id), "input": [1]])
      #expect(started["status"] == "started")
      let event = try await host.events(matching: "agent.capability.execution.started", count: 1)[0]
      #expect(.string(event.metadata.correlationID ?? "") == started["correlation_id"])
      #expect(event.metadata.userID == "user_1")
      #expect(event.metadata.agentID == id)
      let payload = try await payloads(AgentCapabilityExecutionStarted.self, count: 1, in: host)[0]
      #expect(.string(payload.executionID) == started["execution_id"])
      #expect(payload.input == [1])
      let shown = try await host.get("/v1/capabilities/cap_1/executions/\(payload.executionID)")
      #expect(shown["status"] == "started")
      for path in ["/v1/agents/\(id)/executions", "/v1/capabilities/cap_1/executions"] {
        #expect(try await host.get(path)["items"] == [shown])
      }
    }
  }

  @Test(
    "a request that comes again with its key starts nothing more, and another one may not take the key",
    arguments: TestEngine.available)
  func idempotency(on engine: TestEngine) async throws {
    try await TestHost.run([AgentService.self], engine: engine) { host in
      let id = try await agent(host)
      let path = "/v1/agents/\(id)/executions"
      let body: JSONValue = ["capability_id": "cap_1", "input": ["a": 1]]
      let first = try await host.post(path, body, headers: ["Idempotency-Key": "k"])
      let again = try await host.send("POST", path, body, headers: ["Idempotency-Key": "k"])
      #expect(again.status == 202)
      #expect(again.headers["Idempotency-Replayed"] == "true")
      #expect(try again.json() == first)
      let other = try await host.send(
        "POST", path, ["capability_id": "cap_1", "input": ["a": 2]], headers: ["Idempotency-Key": "k"])
      #expect(other.status == 422)
      let elsewhere = try await agent(host)
      try await host.post("/v1/agents/\(elsewhere)/executions", body, headers: ["Idempotency-Key": "k"])
      let started = try await payloads(AgentCapabilityExecutionStarted.self, count: 2, in: host)
      #expect(started.map(\.agentID) == [id, elsewhere])
    }
  }

  @Test("of many requests with one key at once, one starts an execution", arguments: TestEngine.available)
  func concurrentKeys(on engine: TestEngine) async throws {
    try await TestHost.run([AgentService.self], engine: engine) { host in
      let id = try await agent(host)
      let ids = try await withThrowingTaskGroup(of: JSONValue?.self) { tasks in
        for _ in 0..<10 {
          tasks.addTask {
            try await host.post(
              "/v1/agents/\(id)/executions", ["capability_id": "cap_1"], headers: ["Idempotency-Key": "k"]
            )["execution_id"]
          }
        }
        return try await tasks.reduce(into: Set<JSONValue?>()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      #expect(try await host.get("/v1/agents/\(id)/executions")["items"]?.arrayValue?.count == 1)
    }
  }

  @Test("an agent may execute what its list names, and everything without a list", arguments: TestEngine.available)
  func permissions(on engine: TestEngine) async throws {
    try await TestHost.run([AgentService.self], engine: engine) { host in
      let id = try await agent(host, ["name": "Ada", "capabilities": ["cap_1"]])
      func status(_ capability: String) async throws -> Int {
        try await host.send("POST", "/v1/agents/\(id)/executions", ["capability_id": .string(capability)]).status
      }
      #expect(try await status("cap_1") == 202)
      #expect(try await status("cap_2") == 403)
      try await host.patch("/v1/agents/\(id)", ["capabilities": []])
      #expect(try await status("cap_2") == 202)
    }
  }

  @Test("what is not there is answered with 404, what does not fit with 422 or 413", arguments: TestEngine.available)
  func refuses(on engine: TestEngine) async throws {
    try await TestHost.run([AgentService.self], engine: engine) { host in
      let id = try await agent(host)
      #expect(try await host.send("GET", "/v1/agents/agent_no").status == 404)
      #expect(try await host.send("PATCH", "/v1/agents/agent_no", ["name": "x"]).status == 404)
      #expect(try await host.send("GET", "/v1/agents/agent_no/executions").status == 404)
      #expect(try await host.send("POST", "/v1/agents/agent_no/executions", ["capability_id": "c"]).status == 404)
      #expect(try await host.send("GET", "/v1/capabilities/cap_1/executions/exec_no").status == 404)
      #expect(try await host.send("POST", "/v1/agents", ["name": ""]).status == 422)
      #expect(try await host.send("POST", "/v1/agents", ["name": "x", "colour": "red"]).status == 422)
      let large = JSONValue.string(String(repeating: "a", count: ExecutionRoutes.inputLimit))
      let answer = try await host.send(
        "POST", "/v1/agents/\(id)/executions", ["capability_id": "cap_1", "input": large])
      #expect(answer.status == 413)
    }
  }

  @Test(
    "the capability's answer ends the execution, and the agent's event tells of it", arguments: TestEngine.available)
  func ends(on engine: TestEngine) async throws {
    try await TestHost.run([AgentService.self, AnsweringCapabilities.self], engine: engine) { host in
      let id = try await agent(host)
      try await host.post("/v1/agents/\(id)/executions", ["capability_id": "cap_ok", "input": "hello"])
      try await host.post("/v1/agents/\(id)/executions", ["capability_id": "cap_broken"])
      let completed = try await payloads(AgentCapabilityExecutionCompleted.self, count: 1, in: host)[0]
      #expect(completed.resultSummary == #"{"echo":"hello"}"#)
      #expect(completed.durationMs == 12)
      let failed = try await payloads(AgentCapabilityExecutionFailed.self, count: 1, in: host)[0]
      #expect(failed.error == "it is broken")
      #expect(failed.errorKind == "http_status")
      let shown = try await host.get("/v1/capabilities/cap_ok/executions/\(completed.executionID)")
      #expect(shown["status"] == "completed")
      #expect(shown["result"] == ["echo": "hello"])
      let other = try await host.get("/v1/capabilities/cap_broken/executions/\(failed.executionID)")
      #expect(other["status"] == "failed")
      #expect(other["error_kind"] == "http_status")
      // Each answer comes twice, and one is of an execution that nobody here asked for.
      try await host.waitUntilIdle()
      let status = try await host.events(matching: "agent.capability.*", count: 4)
      #expect(Set(status.map(\.type.name)).count == 3)
    }
  }

  @Test(
    "a summary is one line of 200 characters at most",
    arguments: [
      (JSONValue.string("a\nb"), "a b"), (.null, "null"), (.object(["k": 1]), #"{"k":1}"#),
      (.string(String(repeating: "x", count: 200)), String(repeating: "x", count: 200)),
      (.string(String(repeating: "x", count: 201)), String(repeating: "x", count: 199) + "…"),
    ])
  func summaries(result: JSONValue, expected: String) {
    #expect(ExecutionResults.summary(of: result) == expected)
  }
}
