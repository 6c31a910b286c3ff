import Extraction
import KnowledgeGraphEvents
import MemoryEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import MemoryService

/// The names that people list: the API, and what it does to the texts that come after.
@Suite("Listed names", .timeLimit(.minutes(5)))
struct NameListTests {
  private static let zorbly: JSONValue = ["name": "Zorbly", "type": "product", "aliases": ["Zorb"]]

  /// The names and types that were found in a text which is stored now.
  private func found(_ text: String, _ host: TestHost) async throws -> [String] {
    let memory = try await host.post("/v1/memories", ["content": .string(text)])
    let path = "/v1/memories/\(memory["memory_id"]?.stringValue ?? "")/extraction"
    let answer = try await host.get(path) { $0["outcomes"]?.arrayValue?.isEmpty == false }
    return (answer["outcomes"]?[0]?["entities"]?.arrayValue ?? []).map {
      "\($0["name"]?.stringValue ?? "") \($0["type"]?.stringValue ?? "")"
    }
  }

  @Test("a name is listed, shown, found by its alias and removed", arguments: TestEngine.available)
  func listing(on engine: TestEngine) async throws {
    try await TestHost.run([MemoryService.self], engine: engine) { host in
      let added = try await host.send("POST", "/v1/names", Self.zorbly)
      #expect(added.status == 201)
      let name = try added.json()
      let id = try #require(name["name_id"]?.stringValue)
      #expect(added.headers["location"] == "/v1/names/\(id)")
      #expect(name["aliases"] == ["Zorb"])
      #expect(try await host.get("/v1/names/\(id)") == name)
      #expect(try await host.get("/v1/names?name=ZORB")["items"] == [name])
      #expect(try await host.get("/v1/names?name=other")["items"] == [])

      // The same again is the one that is there; anything else of that name is refused.
      let again = try await host.send("POST", "/v1/names", Self.zorbly)
      #expect(again.status == 200)
      #expect(try again.json() == name)
      let other = try await host.send("POST", "/v1/names", ["name": "zorb", "type": "person"])
      #expect(other.status == 409)
      #expect(try other.json()["type"]?.stringValue?.hasSuffix("name-taken") == true)

      #expect(try await host.send("DELETE", "/v1/names/\(id)").status == 200)
      for method in ["GET", "DELETE"] { #expect(try await host.send(method, "/v1/names/\(id)").status == 404) }
      #expect(try await host.send("POST", "/v1/names", ["name": "zorb", "type": "person"]).status == 201)
    }
  }

  @Test("a page goes on behind the one before, whatever is listed meanwhile", arguments: TestEngine.available)
  func paging(on engine: TestEngine) async throws {
    try await TestHost.run([MemoryService.self], engine: engine) { host in
      for number in 1...5 {
        try await host.post("/v1/names", ["name": .string("Zorb \(number)"), "type": "product"])
      }
      let first = try await host.get("/v1/names?limit=2")
      try await host.post("/v1/names", ["name": "Zorb 6", "type": "product"])
      let next = try #require(first["next_cursor"]?.stringValue)
      let second = try await host.get("/v1/names?limit=3&cursor=\(next)")
      #expect(second["next_cursor"] == .null)
      let names = [first, second].flatMap { $0["items"]?.arrayValue ?? [] }.map { $0["name"]?.stringValue }
      #expect(names == ["Zorb 5", "Zorb 4", "Zorb 3", "Zorb 2", "Zorb 1"])
    }
  }

  @Test(
    "a request that comes again with its key adds nothing, not even after the name was removed",
    arguments: TestEngine.available)
  func idempotency(on engine: TestEngine) async throws {
    try await TestHost.run([MemoryService.self], engine: engine) { host in
      func add(_ body: JSONValue) async throws -> HTTPClientResponse {
        try await host.send("POST", "/v1/names", body, headers: ["Idempotency-Key": "k"])
      }
      let answers = try await withThrowingTaskGroup(of: HTTPClientResponse.self) { group in
        for _ in 0..<10 { group.addTask { try await add(Self.zorbly) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.allSatisfy { $0.status == 201 })
      #expect(Set(answers.map(\.body)).count == 1)
      #expect(answers.count { $0.headers["idempotency-replayed"] == "true" } == 9)
      let reused = try await add(["name": "Other", "type": "product"])
      #expect(reused.status == 422)
      #expect(try reused.json()["type"]?.stringValue?.hasSuffix("idempotency-key-reused") == true)
      let id = try answers[0].json()["name_id"]?.stringValue ?? ""
      #expect(try await host.send("DELETE", "/v1/names/\(id)").status == 200)
      #expect(try await add(Self.zorbly).status == 409)
      #expect(try await host.get("/v1/names")["items"] == [])
    }
  }

  @Test(
    "what is no entry is refused with the field that is wrong",
    arguments: [
      (#"{"name": "Zorbly"}"#, "/type"), (#"{"name": "", "type": "product"}"#, "/name"),
      (#"{"name": "Zorbly", "type": "date"}"#, "/type"), (#"{"name": "!?", "type": "person"}"#, "/name"),
      (#"{"name": "a\nb", "type": "person"}"#, "/name"), (#"{"name": "a\u0000b", "type": "person"}"#, "/name"),
      (#"{"name": "a b c d e f g h i", "type": "person"}"#, "/name"),
      (#"{"name": "Zorbly", "type": "product", "aliases": ["ok", "?"]}"#, "/aliases/1"),
      (#"{"name": "Zorbly", "type": "product", "note": 1}"#, "/note"),
      (#"{"name": "\#(String(repeating: "é", count: 101))", "type": "person"}"#, "/name"),
    ])
  func refusal(body: String, pointer: String) async throws {
    try await TestHost.run([MemoryService.self]) { host in
      let response = try await host.send("POST", "/v1/names", try JSONValue(parsing: body))
      #expect(response.status == 422)
      #expect(response.headers["content-type"]?.hasPrefix("application/problem+json") == true)
      #expect(try response.json()["errors"]?[0]?["pointer"]?.stringValue == pointer, "\(response.text)")
    }
  }

  @Test("a full list takes no more names", arguments: TestEngine.available)
  func full(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      try await memories.database.write { tx in
        try tx.execute(
          """
          WITH RECURSIVE numbers (number) AS
            (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
          INSERT INTO listed_names (name_id, name, type, aliases, created_at)
          SELECT 'name_' || number, 'Name', 'product', '[]', 0 FROM numbers
          """, NameLimits.entries)
      }
      let environment = ServiceEnvironment(
        name: "memory", publishes: MemoryService.publishes, database: memories.database,
        transport: InMemoryTransport(), logger: Logger(label: "test"), metrics: MetricsRegistry())
      try await environment.migrate()
      let draft = try NameDraft(["name": "One more", "type": "product"])
      func add() async throws {
        try await environment.context(EventMetadata()).transaction { tx in
          _ = try NameCommands(tx: tx).add(draft, key: nil)
        }
      }
      let problem = await #expect(throws: Problem.self) { try await add() }
      #expect(problem?.status == .conflict)
      try await memories.database.write { tx in
        _ = try ListedNameStore(in: tx).remove("name_7")
      }
      try await add()
    }
  }

  @Test(
    "a listed name is found in the next text with its type, and not any more once it is removed",
    arguments: TestEngine.available)
  func extraction(on engine: TestEngine) async throws {
    try await TestHost.run([MemoryService.self], engine: engine) { host in
      let text = "We moved everything to zorbly last week."
      #expect(try await found(text, host).allSatisfy { !$0.contains("Zorbly") })
      let name = try await host.post("/v1/names", Self.zorbly)
      #expect(try await found(text, host).contains("Zorbly product"))
      #expect(try await found("Zorb is slow today.", host).contains("Zorbly product"))
      _ = try await host.send("DELETE", "/v1/names/\(name["name_id"]?.stringValue ?? "")")
      #expect(try await found(text, host).allSatisfy { !$0.contains("Zorbly") })
    }
  }

  @Test("a name that one process lists is found by another in its next text", arguments: TestEngine.available)
  func processes(on engine: TestEngine) async throws {
    try await TestDatabases.run(on: engine) { databases in
      try await TestHost.run([MemoryService.self], on: databases, over: InMemoryTransport()) { one in
        _ = try await found("Nothing to see.", one)
        try await TestHost.run([MemoryService.self], on: databases, over: InMemoryTransport()) { other in
          #expect(try await found("Ann asked about zorbly.", other).allSatisfy { !$0.contains("Zorbly") })
          try await one.post("/v1/names", Self.zorbly)
          #expect(try await found("Ann asked about zorbly.", other).contains("Zorbly product"))
        }
      }
    }
  }
}
