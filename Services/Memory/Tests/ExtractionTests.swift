import Extraction
import MemoryEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import MemoryService

@Suite("Extraction from memories", .timeLimit(.minutes(5)))
struct ExtractionTests {
  /// Runs the handler on events by hand, so that the test says in which order.
  private func run(
    on engine: TestEngine,
    _ body: (TestMemories, @escaping @Sendable (Event) async throws -> Void) async throws -> Void
  ) async throws {
    try await TestMemories.run(on: engine) { memories in
      let environment = ServiceEnvironment(
        name: "memory", publishes: MemoryService.publishes, database: memories.database,
        transport: InMemoryTransport(), logger: Logger(label: "test"), metrics: MetricsRegistry())
      try await environment.migrate()
      let extract = ExtractEntities(extractor: ScriptedExtractor(), names: NameBook())
      try await body(memories) { event in try await extract.handle([event], environment.context(event.metadata)) }
    }
  }

  private func created(_ memory: Memory) -> Event {
    Event(
      MemoryCreated(memoryID: memory.id, content: memory.content, version: 1, createdAt: memory.createdAt),
      sourceService: "memory_service")
  }

  private func updated(_ id: String, _ content: String?, version: Int) -> Event {
    Event(
      MemoryUpdated(memoryID: id, updatedFields: ["content"], version: version, content: content),
      sourceService: "memory_service")
  }

  private func names(_ memories: TestMemories, _ row: Int64) async throws -> [String] {
    try await memories.database.read { try EntityIndex(in: $0).entries(row: row).map(\.name) }
  }

  private func outbox(_ memories: TestMemories) async throws -> Int {
    try await memories.database.read { try $0.first("SELECT count(*) FROM outbox") { try $0.int(0) } } ?? 0
  }

  @Test("a late outcome of an earlier text does not replace that of a later one", arguments: TestEngine.available)
  func lateOutcome(on engine: TestEngine) async throws {
    try await run(on: engine) { memories, handle in
      let memory = try await memories.create("Maria sang")
      try await memories.update(memory.id, content: "Jonas danced")
      try await handle(updated(memory.id, "Jonas danced", version: 2))
      try await handle(created(memory))
      #expect(try await names(memories, memory.rowID) == ["Jonas"])
    }
  }

  @Test(
    "a change of the labels keeps what was found in the text, even when it comes first", arguments: TestEngine.available
  )
  func labels(on engine: TestEngine) async throws {
    try await run(on: engine) { memories, handle in
      let memory = try await memories.create("Maria sang")
      try await memories.update(memory.id, filters: ["a": 1])
      try await handle(updated(memory.id, nil, version: 2))
      try await handle(created(memory))
      #expect(try await names(memories, memory.rowID) == ["Maria"])
      #expect(try await outbox(memories) == 1)
    }
  }

  @Test("nothing is told of a memory that was deleted, or that is not there", arguments: TestEngine.available)
  func deleted(on engine: TestEngine) async throws {
    try await run(on: engine) { memories, handle in
      let memory = try await memories.create("Maria sang")
      try await memories.delete(memory.id)
      try await handle(created(memory))
      try await handle(updated("mem_none", "Lena sang", version: 2))
      #expect(try await names(memories, memory.rowID).isEmpty)
      #expect(try await outbox(memories) == 0)
    }
  }

  @Test("an outcome fits its contract whatever the extractor says")
  func contract() throws {
    let entity = ExtractedEntity(name: "A", text: "A", type: "person", start: 0, end: 1, confidence: 0.5)
    var extraction = Extraction()
    for (name, type, confidence, start) in [
      ("A", "person", 2.0, 0), ("", "person", 0.5, 0), ("B", "", 0.5, 0), ("C", "person", -.infinity, -5),
      ("D", "person", .nan, 0),
    ] {
      var entity = entity
      (entity.name, entity.type, entity.confidence, entity.start) = (name, type, confidence, start)
      extraction.entities.append(entity)
    }
    let payload = ExtractionOutcome(
      extraction, of: "mem_1", version: 1, extractor: "x", storedAt: TestMemories.epoch
    ).payload
    #expect(payload.entities.map(\.name) == ["A", "C", "D"])
    #expect(payload.entities.map(\.confidence) == [1, 0, 0])
    #expect(payload.entities.map(\.start) == [0, 0, 0])
    #expect(try MemoryEntityExtracted(parsing: payload.jsonBytes()) == payload)
  }

  @Test("of more than an event can hold, the beginning of the text is kept")
  func size() throws {
    let entities = (0..<20_000).map { number in
      ExtractedEntity(
        name: "Name \(number)", text: "Name \(number)", type: "person", start: number, end: number + 1, confidence: 0.5)
    }
    let relationships = zip(entities, entities.dropFirst()).map { left, right in
      ExtractedRelationship(
        source: left.name, target: right.name, sourceType: "person", targetType: "person", type: "met", confidence: 0.5,
        start: 0, end: 1, text: "met")
    }
    let payload = ExtractionOutcome(
      Extraction(entities: entities, relationships: relationships), of: "mem_1", version: 1, extractor: "x",
      storedAt: TestMemories.epoch
    ).payload
    #expect(payload.jsonBytes().count <= ExtractionOutcome.largest)
    #expect(payload.entities.count > 1000)
    #expect(payload.entities[0].name == "Name 0")
    let names = Set(payload.entities.map(\.name))
    #expect(payload.relationships.allSatisfy { names.contains($0.source) && names.contains($0.target) })
  }
}
