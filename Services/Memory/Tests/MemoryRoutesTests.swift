import MemoryEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import MemoryService

@Suite("The memory API", .timeLimit(.minutes(5)))
struct MemoryRoutesTests {
  private func run(on engine: TestEngine, _ body: (TestHost) async throws -> Void) async throws {
    try await TestHost.run([ScriptedMemoryService.self], engine: engine) { host in try await body(host) }
  }

  private func id(_ memory: JSONValue) throws -> String { try #require(memory["memory_id"]?.stringValue) }

  @Test(
    "a memory is answered as it was stored, with its flow, its version and its place", arguments: TestEngine.available)
  func create(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      let answer = try await host.send(
        "POST", "/v1/memories",
        ["content": "Maria met Jonas", "user_id": "u", "agent_id": "a", "filters": ["topic": "people"]])
      #expect(answer.status == 201)
      let memory = try answer.json()
      let id = try id(memory)
      #expect(id.hasPrefix("mem_"))
      #expect(answer.headers["etag"] == "\"1\"")
      #expect(answer.headers["location"] == "/v1/memories/\(id)")
      #expect(answer.headers["x-correlation-id"] == memory["correlation_id"]?.stringValue)
      #expect(memory["version"] == 1)
      #expect(memory["filters"] == ["topic": "people"])
      var stored = try #require(memory.objectValue)
      stored.removeValue(forKey: "correlation_id")
      #expect(try await host.get("/v1/memories/\(id)") == .object(stored))
      let events = try await host.events(matching: "memory.*", count: 2)
      let created = try events[0].decode(MemoryCreated.self)
      #expect(created.memoryID == id && created.version == 1 && created.content == "Maria met Jonas")
      #expect(created.filters == ["topic": "people"])
      #expect(events.allSatisfy { $0.metadata.userID == "u" && $0.metadata.agentID == "a" })
      #expect(events.allSatisfy { $0.metadata.correlationID == memory["correlation_id"]?.stringValue })
      #expect(events[1].metadata.causationID == events[0].id)
      let found = try events[1].decode(MemoryEntityExtracted.self)
      #expect(found.memoryVersion == 1 && found.extractor == "scripted-1")
      #expect(found.entities.map(\.name) == ["Maria", "Jonas"])
      #expect(found.relationships.map(\.type) == ["met"])
      #expect(found.relationships[0].validFrom == (try Timestamp(parsing: "2019-01-01T00:00:00Z")))
      #expect(found.relationships[0].validTo == nil)
      #expect(found.memoryCreatedAt == created.createdAt)
    }
  }

  static let refused: [(body: JSONValue, pointer: String)] = [
    (["content": ""], "/content"), ([:], "/content"), (["content": 1], "/content"),
    (["content": .string(String(repeating: "é", count: 32 * 1024 + 1))], "/content"),
    (["content": "a", "other": 1], "/other"), (["content": "a", "user_id": ""], "/user_id"),
    (["content": "a", "filters": [1]], "/filters"),
    (["content": "a", "filters": .object(JSONObject((0...64).map { ("k\($0)", 1) }))], "/filters"),
    (["content": "a", "filters": ["k": .string(String(repeating: "x", count: 17_000))]], "/filters"),
    (["content": "a", "filters": ["k": (0..<40).reduce(1) { value, _ in [value] }]], "/filters"),
  ]

  @Test("a body beyond the limits is refused, and the answer says where", arguments: refused)
  func limits(_ body: JSONValue, _ pointer: String) async throws {
    try await run(on: .sqlite) { host in
      let answer = try await host.send("POST", "/v1/memories", body)
      #expect(answer.status == 422)
      let pointers = try answer.json()["errors"]?.arrayValue?.compactMap { $0["pointer"]?.stringValue }
      #expect(pointers == [pointer])
    }
  }

  @Test("texts come back byte for byte, and events carry the same bytes", arguments: TestEngine.available)
  func exactness(on engine: TestEngine) async throws {
    let texts = [
      "a\0b", "\u{FFFD}", "e\u{301} \u{e9}", "\u{202E}שלום\u{202C}", "👩‍👩‍👧‍👦🇩🇪", "\"\\\u{8}\u{1F}\u{7F}\r\n\t", " ",
      "\u{FEFF}x",
      String(repeating: "\u{1}", count: 64 * 1024),
    ]
    try await run(on: engine) { host in
      var ids: [String: String] = [:]
      for text in texts {
        let id = try id(try await host.post("/v1/memories", ["content": .string(text)]))
        let stored = try await host.get("/v1/memories/\(id)")["content"]?.stringValue
        #expect(stored.map { Array($0.utf8) } == Array(text.utf8))
        ids[id] = text
      }
      for event in try await host.events(matching: "memory.created", count: texts.count) {
        let payload = try event.decode(MemoryCreated.self)
        #expect(ids[payload.memoryID].map { Array($0.utf8) } == Array(payload.content.utf8))
      }
    }
  }

  @Test(
    "a change makes a new version, tells what changed, and respects the version that the caller knows",
    arguments: TestEngine.available)
  func update(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      let id = try id(try await host.post("/v1/memories", ["content": "Maria met Jonas", "user_id": "u"]))
      let path = "/v1/memories/\(id)"
      let changed = try await host.send("PATCH", path, ["content": "Maria met Lena"], headers: ["If-Match": "\"1\""])
      #expect(changed.status == 200)
      #expect(changed.headers["etag"] == "\"2\"")
      #expect(try changed.json()["correlation_id"]?.stringValue == changed.headers["x-correlation-id"])
      let late = try await host.send("PATCH", path, ["content": "x"], headers: ["If-Match": "\"1\""])
      #expect(late.status == 412)
      #expect(late.headers["etag"] == "\"2\"")
      let either = try await host.send(
        "PATCH", path, ["filters": ["a": 1]], headers: ["If-Match": "\"9\", \"2\""])
      #expect(either.status == 200)
      #expect(try await host.patch(path, ["filters": ["a": 1]])["version"] == 3)
      #expect(try await host.send("PATCH", path, [:]).status == 422)
      #expect(try await host.send("PATCH", "/v1/memories/mem_none", ["content": "x"]).status == 404)
      let updates = try await host.events(matching: "memory.updated", count: 2).map {
        try $0.decode(MemoryUpdated.self)
      }
      #expect(updates.map(\.updatedFields) == [["content"], ["filters"]])
      #expect(updates.map(\.version) == [2, 3])
      #expect(updates.map(\.content) == ["Maria met Lena", nil])
      #expect(updates.map(\.filters) == [nil, ["a": 1]])
      try await host.waitUntilIdle()
      let extracted = try await host.events(matching: "memory.entity.extracted", count: 2)
        .map { try $0.decode(MemoryEntityExtracted.self) }
      #expect(extracted.map(\.memoryVersion) == [1, 2])
      #expect(extracted[1].entities.map(\.name) == ["Maria", "Lena"])
      let history = try await host.get(path + "/history")["items"]?.arrayValue ?? []
      #expect(history.map { $0["version"] } == [1, 2, 3])
      #expect(history.map { $0["change"] } == ["created", "updated", "updated"])
    }
  }

  @Test("a deleted memory is gone, its history has no text, and nothing finds it", arguments: TestEngine.available)
  func delete(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      let id = try id(try await host.post("/v1/memories", ["content": "Maria met Jonas", "user_id": "u"]))
      try await host.waitUntilIdle()
      let path = "/v1/memories/\(id)"
      #expect(try await host.send("DELETE", path, headers: ["If-Match": "\"7\""]).status == 412)
      let answer = try await host.send("DELETE", path)
      #expect(answer.status == 200)
      let deletion = try answer.json()
      #expect(deletion["version"] == 2)
      #expect(deletion["correlation_id"]?.stringValue == answer.headers["x-correlation-id"])
      for method in ["GET", "DELETE"] {
        let gone = try await host.send(method, path)
        #expect(gone.status == 404)
        #expect(gone.headers["content-type"] == "application/problem+json")
      }
      let history = try await host.get(path + "/history")["items"]?.arrayValue ?? []
      #expect(history.map { $0["change"] } == ["created", "deleted"])
      #expect(history.allSatisfy { $0["content"] == .null && $0["filters"] == .null })
      #expect(try await host.get("/v1/memories")["items"] == [])
      #expect(try await host.get("/v1/memories/search?q=maria")["items"] == [])
      #expect(try await host.get("/v1/memories/search?entity=Maria")["items"] == [])
      let event = try await host.events(matching: "memory.deleted", count: 1)[0]
      #expect(try event.decode(MemoryDeleted.self).version == 2)
      #expect(event.metadata.userID == "u")
      #expect(try await host.send("GET", "/v1/memories/mem_none/history").status == 404)
    }
  }

  @Test("each memory of a batch has an outcome and a flow of its own", arguments: TestEngine.available)
  func batch(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      let body: JSONValue = [
        "memories": [
          ["content": "one", "user_id": "a", "idempotency_key": "k"], ["content": ""], "nothing",
          ["content": "two", "user_id": "b"], ["content": "one", "user_id": "a", "idempotency_key": "k"],
          ["content": "other", "user_id": "a", "idempotency_key": "k"], ["content": "x", "wrong": true],
        ]
      ]
      let answer = try await host.send("POST", "/v1/memories/batch", body)
      #expect(answer.status == 200)
      let items = try answer.json()["items"]?.arrayValue ?? []
      #expect(items.map { $0["status"]?.intValue } == [201, 422, 422, 201, 201, 422, 422])
      try #require(items.count == 7)
      #expect(items[4]["memory_id"] == items[0]["memory_id"])
      #expect(items[4]["correlation_id"] == items[0]["correlation_id"])
      #expect(items[4]["replayed"] == true && items[0]["replayed"] == nil)
      #expect(items[0]["correlation_id"] != items[3]["correlation_id"])
      #expect(items[1]["problem"]?["errors"]?[0]?["pointer"] == "/content")
      let events = try await host.events(matching: "memory.created", count: 2)
      #expect(events.map(\.metadata.userID) == ["a", "b"])
      #expect(events.map(\.metadata.correlationID) == [items[0], items[3]].map { $0["correlation_id"]?.stringValue })
      #expect(try await host.get("/v1/memories")["items"]?.arrayValue?.count == 2)
      let tooMany = JSONValue.array(Array(repeating: ["content": "x"], count: 1001))
      #expect(try await host.send("POST", "/v1/memories/batch", ["memories": tooMany]).status == 422)
      #expect(try await host.send("POST", "/v1/memories/batch", ["memories": []]).status == 422)
      let most = JSONValue.array((0..<1000).map { ["content": .string("memory \($0)")] })
      let all = try await host.post("/v1/memories/batch", ["memories": most])["items"]?.arrayValue ?? []
      #expect(all.count == 1000 && all.allSatisfy { $0["status"] == 201 })
      #expect(Set(all.map { $0["correlation_id"]?.stringValue }).count == 1000)
    }
  }

  @Test(
    "a search says why, is told of once, and its pages fit together while memories are added",
    arguments: TestEngine.available)
  func search(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      for number in 0..<10 {
        try await host.post("/v1/memories", ["content": .string("tea number \(number)"), "user_id": "u"])
      }
      let first = try await host.get("/v1/memories/search?q=tea&user_id=u&limit=4")
      var hits = first["items"]?.arrayValue ?? []
      #expect(hits[0]["matches"]?[0]?["kind"] == "words")
      #expect(hits[0]["matches"]?[0]?["terms"] == ["tea"])
      var cursor = first["next_cursor"]?.stringValue
      while let next = cursor {
        try await host.post("/v1/memories", ["content": "tea tea tea", "user_id": "u"])
        let page = try await host.get("/v1/memories/search?limit=4&cursor=\(next)")
        hits += page["items"]?.arrayValue ?? []
        cursor = page["next_cursor"]?.stringValue
      }
      let found = hits.compactMap { $0["memory"]?["content"]?.stringValue }
      #expect(found.count == 10 && Set(found) == Set((0..<10).map { "tea number \($0)" }))
      let events = try await host.events(matching: "memory.searched", count: 1)
      let searched = try events[0].decode(MemorySearched.self)
      #expect(searched.query == "tea" && searched.resultCount == 10)
      #expect(searched.filters == ["user_id": "u"])
      #expect(events[0].metadata.userID == "u")
    }
  }

  static let badSearches = [
    "", "?q=", "?user_id=u", "?q=a&from=yesterday", "?q=a&filters=1", "?q=a&match=some", "?q=a&cursor=x",
    "?q=a&limit=0",
    "?q=a&nothing=1",
  ]

  @Test("a search that asks for nothing or for nonsense is refused", arguments: badSearches)
  func badSearch(_ query: String) async throws {
    try await run(on: .sqlite) { host in
      let answer = try await host.send("GET", "/v1/memories/search" + query)
      #expect(answer.status == 400)
      #expect(answer.headers["content-type"] == "application/problem+json")
    }
  }

  @Test("a search by entity finds what extraction has found", arguments: TestEngine.available)
  func entity(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      let id = try id(try await host.post("/v1/memories", ["content": "Maria met Jonas"]))
      try await host.waitUntilIdle()
      let hits = try await host.get("/v1/memories/search?entity=jonas")["items"]?.arrayValue ?? []
      #expect(hits.map { $0["memory"]?["memory_id"]?.stringValue } == [id])
      #expect(
        hits[0]["matches"] == [["kind": "entity", "name": "Jonas", "type": "person", "confidence": 0.5]])
    }
  }
}
