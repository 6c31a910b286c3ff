import Events
import KnowledgeGraphEvents
import MemoryEvents
import Testing

/// Holds a platform to what its clients were told: nothing lost, nothing done twice, order kept.
///
/// Each memory says that John visited Paris or that Mary visited London, so that each rests on one of two facts.
struct MemoryAudit {
  let url: String
  let ledger: WriteLedger

  /// What a writer stores, and what it makes of it afterwards.
  static func visited(_ note: String) -> String { "John visited Paris in note \(note)." }
  static func moved(_ note: String) -> String { "Mary visited London in note \(note)." }

  func run() async throws {
    let client = MemoryClient(url: url)
    let current = try await memories(client)
    try checkContents(current)
    let expected = current.values.reduce(0) { $0 + $1.version }
    let history = try await EventHistory.read(from: url) { history in
      history.counts[KnowledgeGraphUpdated.eventType, default: 0] >= expected
    }
    try checkExtractions(history, current.mapValues(\.version))
    try await checkFacts(client, current.mapValues(\.content))
  }

  private func memories(_ client: MemoryClient) async throws -> [String: (version: Int, content: String)] {
    var current: [String: (version: Int, content: String)] = [:]
    for memory in try await client.items("/v1/memories?user_id=john") {
      let id = try #require(memory["memory_id"]?.stringValue)
      #expect(current[id] == nil, "a list names a memory twice")
      current[id] = (
        try #require(memory["version"]?.intValue), try #require(memory["content"]?.stringValue)
      )
    }
    return current
  }

  /// Every acknowledged write is there, and nothing that nobody wrote.
  private func checkContents(_ current: [String: (version: Int, content: String)]) throws {
    for (id, entry) in ledger.entries {
      let memory = try #require(current[id], "an acknowledged memory is gone")
      let isAsAcknowledged = memory.version == entry.acknowledgedVersion && memory.content == entry.content
      let isAsDoubted = memory.version > entry.acknowledgedVersion && memory.content == entry.uncertainContent
      #expect(isAsAcknowledged || isAsDoubted, "the memory \(id) is not what was acknowledged")
    }
  }

  /// One extraction and one update of the graph for each version of each memory, in the order of the versions.
  private func checkExtractions(_ history: EventHistory, _ versions: [String: Int]) throws {
    var extracted: [String: [Int]] = [:]
    var causes: [String: Int] = [:]
    for (event, payload) in try history.events(of: MemoryEntityExtracted.self) {
      extracted[payload.memoryID, default: []].append(payload.memoryVersion)
      causes[event.id] = 0
    }
    #expect(Set(extracted.keys) == Set(versions.keys))
    for (id, found) in extracted { #expect(found == Array(1...(versions[id] ?? 0)), "extractions of \(id)") }
    for (event, _) in try history.events(of: KnowledgeGraphUpdated.self) {
      let cause = try #require(event.metadata.causationID)
      #expect(causes[cause] != nil, "an update of the graph whose cause is not in the log")
      causes[cause, default: 0] += 1
    }
    #expect(causes.values.allSatisfy { $0 == 1 }, "an extraction updated the graph other than once")
  }

  /// Each memory's text supports the one fact that it states, once, and no other.
  private func checkFacts(_ client: MemoryClient, _ contents: [String: String]) async throws {
    let paris = contents.filter { $0.value.contains("Paris") }.map(\.key)
    let london = contents.filter { $0.value.contains("London") }.map(\.key)
    #expect(try await liveSources(client, of: "Paris").sorted() == paris.sorted())
    #expect(try await liveSources(client, of: "London").sorted() == london.sorted())
  }

  /// The memories that the fact `visited` about a place rests on now.
  private func liveSources(_ client: MemoryClient, of place: String) async throws -> [String] {
    let entities = try await client.items("/v1/graph/entities?name=\(place)")
    let id = try #require(entities.first { $0["type"] == "location" }?["entity_id"]?.stringValue)
    let graph = try await client.get("/v1/graph/entities/\(id)/neighbourhood?depth=1")
    let facts = (graph["facts"]?.arrayValue ?? []).filter { $0["type"] == "visited" }
    var sources: [String] = []
    for fact in facts {
      let factID = try #require(fact["fact_id"]?.stringValue)
      for source in try await client.items("/v1/graph/facts/\(factID)/sources")
      where (source["withdrawn_at"] ?? .null).isNull {
        sources.append(try #require(source["memory_id"]?.stringValue))
      }
    }
    return sources
  }
}
