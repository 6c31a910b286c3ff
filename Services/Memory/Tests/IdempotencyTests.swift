import MemoryEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import MemoryService

@Suite("Idempotency keys", .timeLimit(.minutes(5)))
struct IdempotencyTests {
  private func create(_ host: TestHost, _ key: String, _ body: JSONValue) async throws -> HTTPClientResponse {
    try await host.send("POST", "/v1/memories", body, headers: ["Idempotency-Key": key])
  }

  @Test(
    "of twenty requests at once with one key, one creates, and all have one answer", arguments: TestEngine.available)
  func race(on engine: TestEngine) async throws {
    try await TestHost.run([ScriptedMemoryService.self], engine: engine) { host in
      let answers = try await withThrowingTaskGroup(of: HTTPClientResponse.self) { group in
        for _ in 0..<20 { group.addTask { try await create(host, "k", ["content": "x", "user_id": "u"]) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.allSatisfy { $0.status == 201 })
      #expect(Set(answers.map(\.body)).count == 1)
      #expect(answers.count { $0.headers["idempotency-replayed"] == "true" } == 19)
      #expect(try await host.get("/v1/memories")["items"]?.arrayValue?.count == 1)
      try await host.waitUntilIdle()
      try await host.post("/v1/memories", ["content": "last"])
      let created = try await host.events(matching: "memory.created", count: 2)
      #expect(try created.map { try $0.decode(MemoryCreated.self).content } == ["x", "last"])
    }
  }

  @Test("the same key with another body is refused; another user's is another key", arguments: TestEngine.available)
  func otherBody(on engine: TestEngine) async throws {
    try await TestHost.run([ScriptedMemoryService.self], engine: engine) { host in
      let body: JSONObject = ["content": "x", "user_id": "u", "filters": ["a": 1]]
      #expect(try await create(host, "k", .object(body)).status == 201)
      for (field, value) in [("content", "y"), ("filters", [:]), ("agent_id", "a")] as [(String, JSONValue)] {
        var other = body
        other[field] = value
        let answer = try await create(host, "k", .object(other))
        #expect(answer.status == 422)
        #expect(try answer.json()["type"] == "idempotency-key-reused")
      }
      for user in ["v", nil] {
        var other = body
        other["user_id"] = user.map(JSONValue.string)
        let answer = try await create(host, "k", .object(other))
        #expect(answer.status == 201 && answer.headers["idempotency-replayed"] == nil)
      }
      #expect(
        try await host.send("POST", "/v1/memories", .object(body), headers: ["Idempotency-Key": ""]).status == 400)
    }
  }

  @Test("the answer stays the first one after a change, and ends with the memory", arguments: TestEngine.available)
  func laterChange(on engine: TestEngine) async throws {
    try await TestHost.run([ScriptedMemoryService.self], engine: engine) { host in
      let first = try await create(host, "k", ["content": "x", "filters": ["a": 1]])
      let id = try #require(try first.json()["memory_id"]?.stringValue)
      try await host.patch("/v1/memories/\(id)", ["content": "y", "filters": [:]])
      let again = try await create(host, "k", ["content": "x", "filters": ["a": 1]])
      #expect(again.status == 201 && again.body == first.body)
      #expect(again.headers["etag"] == "\"1\"")
      _ = try await host.send("DELETE", "/v1/memories/\(id)")
      let gone = try await create(host, "k", ["content": "x", "filters": ["a": 1]])
      #expect(gone.status == 409)
      #expect(!gone.text.contains("\"x\""))
    }
  }

  @Test("a key is kept for a day, and then it is a new one", arguments: TestEngine.available)
  func expiry(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let key = try IdempotencyKey("k", userID: "u")
      try await memories.database.write { tx in
        try IdempotencyStore(in: tx).save(.init(rowID: 7, correlationID: "c"), for: key, at: TestMemories.epoch)
      }
      func entry(at seconds: Int) async throws -> Int64? {
        try await memories.database.read {
          try IdempotencyStore(in: $0).entry(for: key, at: TestMemories.time(seconds))?.rowID
        }
      }
      #expect(try await entry(at: 86_399) == 7)
      #expect(try await entry(at: 86_400) == nil)
      try await memories.database.write { tx in
        let keys = IdempotencyStore(in: tx)
        try keys.save(.init(rowID: 8, correlationID: "d"), for: key, at: TestMemories.time(86_400))
        #expect(try keys.removeExpired(at: TestMemories.time(86_400), limit: 10) == 0)
      }
      #expect(try await entry(at: 86_401) == 8)
    }
  }
}
