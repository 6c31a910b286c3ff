import MemoryEvents
import RoostTesting
import RuntimeHost

@testable import MemoryService

/// The stores on a database of their own, at times that the test sets.
struct TestMemories: Sendable {
  /// 2026-01-01T00:00:00Z.
  static let epoch = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)

  let database: any Database

  private init(_ database: any Database) {
    self.database = database
  }

  /// Runs a test with stores that are empty at first.
  static func run(on engine: TestEngine, _ body: (TestMemories) async throws -> Void) async throws {
    try await TestDatabases.run(on: engine) { databases in
      let database = try await databases.open("memory")
      try await database.migrate(MemorySchema.migrations, component: "memory")
      try await body(TestMemories(database))
    }
  }

  static func time(_ seconds: Int) -> Timestamp { epoch + .seconds(seconds) }

  @discardableResult
  func create(
    _ content: String, id: String? = nil, user: String? = nil, agent: String? = nil, filters: JSONObject = [:],
    at time: Timestamp = epoch
  ) async throws -> Memory {
    let id = id ?? EventID.make(prefix: "mem_")
    return try await database.write { tx in
      try MemoryStore(in: tx).create(
        MemoryDraft(content: content, userID: user, agentID: agent, filters: filters), id: id, at: time)
    }
  }

  @discardableResult
  func update(
    _ id: String, content: String? = nil, filters: JSONObject? = nil, at time: Timestamp = epoch
  ) async throws -> [String] {
    try await database.write { tx in
      let store = MemoryStore(in: tx)
      guard let memory = try store.memory(id) else { return [] }
      return try store.update(memory, with: MemoryChange(content: content, filters: filters), at: time).changed
    }
  }

  @discardableResult
  func delete(_ id: String, at time: Timestamp = epoch) async throws -> Int? {
    try await database.write { tx in
      let store = MemoryStore(in: tx)
      return try store.memory(id).map { try store.delete($0, at: time) }
    }
  }

  func memory(_ id: String) async throws -> Memory? {
    try await database.read { try MemoryStore(in: $0).memory(id) }
  }

  func history(_ id: String) async throws -> [MemoryVersion]? {
    try await database.read { try MemoryStore(in: $0).history(of: id, after: 0, limit: 1000) }
  }

  /// Says what extraction has found in a memory's text.
  func found(_ entities: [(name: String, type: String, text: String?)], in memory: Memory) async throws {
    let outcome = MemoryEntityExtracted(
      memoryID: memory.id, memoryVersion: memory.version, extractor: "test/1",
      entities: entities.map { .init(name: $0.name, type: $0.type, confidence: 0.75, text: $0.text) },
      relationships: [])
    try await database.write { try EntityIndex(in: $0).save(outcome, row: memory.rowID, at: Self.epoch) }
  }

  func search(_ build: @Sendable (inout SearchQuery) -> Void) async throws -> [SearchHit] {
    var query = SearchQuery()
    build(&query)
    return try await database.read { [query] tx in
      let search = MemorySearch(in: tx)
      return try search.hits(for: try search.matches(for: query), of: query)
    }
  }

  func search(_ words: String) async throws -> [SearchHit] {
    try await search { $0.words = words }
  }
}
