import Foundation
import KnowledgeGraphEvents
import MemoryEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import KnowledgeGraphService

@Suite("The knowledge graph as a service")
struct ServiceTests {
  private static let visit = MemoryEntityExtracted(
    memoryID: "mem_1", memoryVersion: 1, extractor: "rules/1",
    entities: [mention("Zoë"), mention("Łódź", "location")],
    relationships: [
      says("Zoë", "visited", "Łódź", confidence: 0.75, span: 0..<18, text: "Zoë visited Łódź")
    ], memoryCreatedAt: TestGraph.epoch)

  private func run(on engine: TestEngine, _ body: (TestHost) async throws -> Void) async throws {
    try await TestHost.run([ExtractionFeed.self, KnowledgeGraphService.self], engine: engine, body)
  }

  /// Sends what a memory says through the event log and waits until the graph has it.
  @discardableResult
  private func feed(_ payload: some EventPayload, to host: TestHost) async throws -> JSONValue {
    let path = payload is MemoryDeleted ? "/deletions" : "/extractions"
    let answer = try await host.post(path, try JSONValue(parsing: payload.jsonBytes()))
    try await host.waitUntilIdle()
    return answer
  }

  private func id(of name: String, _ host: TestHost) async throws -> String {
    let name = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let items = try await host.get("/v1/graph/entities?name=\(name)")["items"]?.arrayValue
    return try #require(items?.first?["entity_id"]?.stringValue)
  }

  @Test(
    "a name with U+0000 is a failed delivery that says where, on either engine; in a quote it is replaced",
    arguments: TestEngine.available)
  func nul(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      var bad = Self.visit
      bad.memoryID = "mem_bad"
      bad.entities[1].name = "Ł\0dź"
      try await feed(bad, to: host)
      let failed = try await host.get("/v1/failed-deliveries")["items"]?.arrayValue ?? []
      #expect(failed.count == 1)
      #expect(failed.first?["status"] == "dead")
      #expect(
        failed.first?["error"] == "/payload/entities/1/name holds the character U+0000, which the graph cannot keep")

      var quoting = Self.visit
      quoting.relationships[0].text = "Zoë visited\0Łódź"
      try await feed(quoting, to: host)
      let place = try await id(of: "lodz", host)
      let around = try await host.get("/v1/graph/entities/\(place)/neighbourhood?depth=1")
      let fact = try #require(around["facts"]?[0]?["fact_id"]?.stringValue)
      let sources = try await host.get("/v1/graph/facts/\(fact)/sources")
      #expect(sources["items"]?[0]?["text"] == "Zoë visited\u{FFFD}Łódź")
    }
  }

  @Test(
    "an extraction's flow ends with one update, and the graph answers for what it found",
    arguments: TestEngine.available)
  func flow(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      let fed = try await feed(Self.visit, to: host)
      let event = try #require(try await host.events(matching: "knowledge_graph.*", count: 1).first)
      #expect(event.type == KnowledgeGraphUpdated.eventType)
      #expect(event.sourceService == "knowledge_graph_service")
      #expect(event.metadata.causationID == fed["event_id"]?.stringValue)
      #expect(event.metadata.correlationID == fed["correlation_id"]?.stringValue)

      let place = try await id(of: "lodz", host)
      let entity = try await host.get("/v1/graph/entities/\(place)")
      #expect(entity["name"] == "Łódź")
      #expect(entity["type"] == "location")
      #expect(entity["aliases"] == [])
      #expect(entity["fact_count"] == 1)
      #expect(entity["known_from"] == entity["first_seen_at"])
      #expect(entity["known_to"] == .some(.null))

      let around = try await host.get("/v1/graph/entities/\(place)/neighbourhood?depth=1")
      #expect(around["entities"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["Łódź", "Zoë"])
      #expect(around["truncated"] == false)
      let fact = try #require(around["facts"]?[0])
      #expect(fact["type"] == "visited")
      #expect(fact["source"] == around["entities"]?[1]?["entity_id"])
      #expect(fact["target"] == .string(place))
      #expect(fact["confidence"] == 0.75)
      #expect(fact["valid_from"] == .string(TestGraph.epoch.description))
      #expect(fact["valid_to"] == .some(.null))
      #expect(fact["known_to"] == .some(.null))

      let factID = try #require(fact["fact_id"]?.stringValue)
      let sources = try await host.get("/v1/graph/facts/\(factID)/sources")
      #expect(sources["next_cursor"] == .some(.null))
      #expect(
        sources["items"] == [
          [
            "event_id": fed["event_id"] ?? .null, "memory_id": "mem_1", "memory_version": 1, "start": 0, "end": 18,
            "text": "Zoë visited Łódź", "extractor": "rules/1", "confidence": 0.75,
            "recorded_at": fact["known_from"] ?? .null, "withdrawn_at": .null,
          ]
        ])
    }
  }

  @Test(
    "a deletion withdraws the fact, which stays to be seen as of the time when it was known",
    arguments: TestEngine.available)
  func deletion(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      try await feed(Self.visit, to: host)
      let place = try await id(of: "Łódź", host)
      let path = "/v1/graph/entities/\(place)/neighbourhood"
      let known = try #require(try await host.get(path)["facts"]?[0]?["known_from"]?.stringValue)
      try await feed(MemoryDeleted(memoryID: "mem_1", version: 2), to: host)

      #expect(try await host.get(path)["facts"] == [])
      #expect(try await host.get("/v1/graph/entities")["items"] == [])
      let past = try await host.get("\(path)?known_at=\(known)")
      #expect(past["facts"]?.arrayValue?.count == 1)
      #expect(try await host.get("\(path)?known_at=\(known)&valid_at=2025-12-31T23:59:59Z")["facts"] == [])
      let withdrawn = try #require(past["facts"]?[0]?["known_to"]?.stringValue)
      #expect(try await host.get("\(path)?known_at=\(withdrawn)")["facts"] == [])

      let updates = try await host.events(matching: "knowledge_graph.updated", count: 2)
      let last = try KnowledgeGraphUpdated(parsing: Array(updates[1].payload))
      #expect(last.reason == .deleted)
      #expect(last.factsWithdrawn == past["facts"]?.arrayValue?.compactMap { $0["fact_id"]?.stringValue })
    }
  }

  @Test(
    "an extraction that changes nothing, or comes too late, ends its flow with an update too",
    arguments: TestEngine.available)
  func nothingChanged(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      var extraction = Self.visit
      extraction.memoryVersion = 2
      try await feed(extraction, to: host)
      extraction.memoryVersion = 1
      try await feed(extraction, to: host)
      extraction.memoryVersion = 3
      extraction.entities = []
      extraction.relationships = []
      try await feed(extraction, to: host)
      try await feed(extraction, to: host)
      let updates = try await host.events(matching: "knowledge_graph.updated", count: 4)
      let payloads = try updates.map { try KnowledgeGraphUpdated(parsing: Array($0.payload)) }
      #expect(payloads.map(\.factsAdded.count) == [1, 0, 0, 0])
      #expect(payloads.map(\.factsWithdrawn.count) == [0, 0, 1, 0])
      #expect(payloads.map(\.factCount) == [1, 1, 0, 0])
      #expect(payloads.map(\.entityCount) == [2, 2, 0, 0])
    }
  }

  @Test("a path between two entities is told with its entities and facts in order", arguments: TestEngine.available)
  func path(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      var extraction = Self.visit
      extraction.entities = []
      extraction.relationships = [says("Ann", "knows", "Ben"), says("Cleo", "knows", "Ben")]
      try await feed(extraction, to: host)
      let (from, to) = (try await id(of: "Ann", host), try await id(of: "Cleo", host))
      let found = try await host.get("/v1/graph/paths?from=\(from)&to=\(to)")
      #expect(found["paths"]?.arrayValue?.count == 1)
      let path = try #require(found["paths"]?[0])
      #expect(path["entities"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["Ann", "Ben", "Cleo"])
      #expect(
        path["facts"]?.arrayValue?.compactMap { $0["source"]?.stringValue } == [from, to])
      #expect(try await host.get("/v1/graph/paths?from=\(from)&to=\(to)&max_depth=1")["paths"] == [])
    }
  }

  @Test("a list comes in pages that lose nothing and repeat nothing", arguments: TestEngine.available)
  func pages(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      var extraction = Self.visit
      extraction.entities = []
      extraction.relationships = (0..<5).map { says("hub", "to", "leaf \($0)", span: $0..<$0 + 1) }
      extraction.relationships += (0..<5).map { says("hub", "is", "one", span: $0..<$0 + 1) }
      try await feed(extraction, to: host)
      let names = try await all("/v1/graph/entities?limit=2", host).compactMap { $0["name"]?.stringValue }
      #expect(names.first == "hub")
      #expect(names.sorted() == ["hub", "leaf 0", "leaf 1", "leaf 2", "leaf 3", "leaf 4", "one"])

      let one = try await id(of: "one", host)
      let around = try await host.get("/v1/graph/entities/\(one)/neighbourhood")
      let factID = try #require(around["facts"]?[0]?["fact_id"]?.stringValue)
      let starts = try await all("/v1/graph/facts/\(factID)/sources?limit=2", host).compactMap { $0["start"]?.intValue }
      #expect(starts == [0, 1, 2, 3, 4])
    }
  }

  private func all(_ path: String, _ host: TestHost) async throws -> [JSONValue] {
    var items: [JSONValue] = []
    var page = try await host.get(path)
    while true {
      items += page["items"]?.arrayValue ?? []
      guard let cursor = page["next_cursor"]?.stringValue else { return items }
      page = try await host.get("\(path)&cursor=\(cursor)")
    }
  }

  @Test("a question that cannot be answered is refused with what is wrong about it", arguments: TestEngine.available)
  func problems(on engine: TestEngine) async throws {
    try await run(on: engine) { host in
      try await feed(Self.visit, to: host)
      let place = try await id(of: "Łódź", host)
      let around = "/v1/graph/entities/\(place)/neighbourhood"
      let cases: [(path: String, statuses: [Int], says: String)] = [
        ("\(around)?valid_at=yesterday", [400, 422], "valid_at"),
        ("\(around)?known_at=2026-02-30T00:00:00Z", [400, 422], "known_at"),
        ("\(around)?depth=7", [400, 422], "depth"), ("\(around)?depth=-1", [400, 422], "depth"),
        ("\(around)?deep=1", [400], "deep"), ("/v1/graph/entities/ent_x", [404], "ent_x"),
        ("/v1/graph/entities/ent_x/neighbourhood", [404], "ent_x"),
        ("/v1/graph/facts/fact_x/sources", [404], "fact_x"), ("/v1/graph/paths?from=\(place)", [400, 422], "to"),
        ("/v1/graph/paths?from=\(place)&to=ent_x", [404], "ent_x"),
        ("/v1/graph/entities?cursor=x", [400], "cursor"), ("/v1/graph/entities?limit=0", [400, 422], "limit"),
        ("/v1/graph/entities?cursor=\(Cursor(["a", "b"]).text)", [400], "cursor"),
      ]
      for (path, statuses, text) in cases {
        let response = try await host.send("GET", path)
        #expect(statuses.contains(response.status), "\(path): \(response.status)")
        #expect(response.text.contains(text), "\(path): \(response.text)")
      }
      #expect(try await host.get("/v1/graph/entities?name=%E2%80%8B")["items"] == [])
    }
  }
}
