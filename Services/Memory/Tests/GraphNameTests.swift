import Extraction
import KnowledgeGraphEvents
import MemoryEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import MemoryService

/// The names that the knowledge graph has confirmed, as a list.
@Suite("Names of the knowledge graph", .timeLimit(.minutes(5)))
struct GraphNameTests {
  /// Runs the handler on events by hand, so that the test says in which order.
  private func run(
    on engine: TestEngine,
    _ body: (any Database, NameBook, ServiceContext, @escaping @Sendable (Event) async throws -> Void) async throws ->
      Void
  ) async throws {
    try await TestMemories.run(on: engine) { memories in
      let environment = ServiceEnvironment(
        name: "memory", publishes: MemoryService.publishes, database: memories.database,
        transport: InMemoryTransport(), logger: Logger(label: "test"), metrics: MetricsRegistry())
      try await environment.migrate()
      let book = NameBook()
      let learn = LearnNames(book: book)
      try await body(memories.database, book, environment.context(EventMetadata())) { event in
        try await learn.handle(event, environment.context(event.metadata))
      }
    }
  }

  private func confirmed(_ id: String, _ name: String, _ type: String = "person") -> Event {
    Event(KnowledgeGraphEntityConfirmed(entityID: id, name: name, type: type), sourceService: "knowledge_graph_service")
  }

  private func unconfirmed(_ id: String) -> Event {
    Event(
      KnowledgeGraphEntityUnconfirmed(entityID: id, name: "x", type: "person"), sourceService: "knowledge_graph_service"
    )
  }

  private func names(_ database: any Database) async throws -> [String] {
    try await database.read { try GraphNameStore(in: $0).entries().map { "\($0.name) \($0.type)" } }
  }

  @Test("a confirmed entity is in the list once, until it is withdrawn", arguments: TestEngine.available)
  func list(on engine: TestEngine) async throws {
    try await run(on: engine) { database, book, context, handle in
      try await handle(confirmed("ent_1", "Anna"))
      try await handle(confirmed("ent_2", "Brintell", "organization"))
      try await handle(confirmed("ent_1", "Anna", "person"))
      #expect(try await names(database) == ["Anna person", "Brintell organization"])
      #expect(try await book.edition(context).names.seen.count == 2)
      try await handle(unconfirmed("ent_1"))
      try await handle(unconfirmed("ent_1"))
      #expect(try await names(database) == ["Brintell organization"])
      #expect(try await book.edition(context).names.seen.count == 1)
      #expect(try await book.edition(context).versions.graph == 4)
    }
  }

  @Test("what cannot be looked up is not kept, and a name that became so goes", arguments: TestEngine.available)
  func unusable(on engine: TestEngine) async throws {
    try await run(on: engine) { database, _, _, handle in
      for (id, name, type) in [
        ("ent_1", "green tea", "concept"), ("ent_2", "!?", "person"), ("ent_3", "4 May", "date"),
      ] {
        try await handle(confirmed(id, name, type))
      }
      try await handle(confirmed("ent_4", String(repeating: "a", count: NameLimits.name + 1), "person"))
      #expect(try await names(database).isEmpty)
      #expect(try await database.read { try NameListVersions.read(in: $0).graph } == 0)
      try await handle(confirmed("ent_5", "Anna"))
      try await handle(confirmed("ent_5", "Anna", "concept"))
      #expect(try await names(database).isEmpty)
    }
  }

  @Test("beyond its limit the list keeps what was confirmed last", arguments: TestEngine.available)
  func bounded(on engine: TestEngine) async throws {
    try await run(on: engine) { database, _, _, _ in
      try await database.write { tx in
        var store = GraphNameStore(in: tx)
        (store.limit, store.surplus) = (10, 5)
        for number in 1...29 { _ = try store.confirm("ent_\(number)", name: "Name \(number)", type: "person") }
        #expect(try store.entries().map(\.name) == (20...29).reversed().map { "Name \($0)" })
        #expect(try tx.first("SELECT count(*) FROM graph_names") { try $0.int(0) } ?? 0 <= 15)
      }
    }
  }

  @Test(
    "a change counts at once in a short list, and waits for company or for a minute in a long one",
    arguments: [
      (10, 1, 0, true), (64, 1, 0, true), (6_400, 99, 59, false), (6_400, 100, 0, true), (6_400, 1, 60, true),
      (6_400, 0, 600, false),
    ])
  func due(count: Int, changes: Int64, age: Int, isDue: Bool) {
    var edition = NameEdition()
    edition.names.seen = NameList((0..<count).map { NameList.Entry(name: "Name \($0)", type: "person") })
    edition.versions.graph = 1_000
    edition.graphLoadedAt = .seconds(5)
    #expect(edition.isDue(graph: 1_000 + changes, at: .seconds(5 + age)) == isDue)
  }

  @Test("reading the same text with the same lists gives the same, whatever was read before")
  func deterministic() {
    let seen = NameList([.init(name: "Brintell", type: "organization"), .init(name: "Mirelle", type: "person")])
    let names = KnownNames(seen: seen)
    let texts = ["ask mirelle about the invoice from brintell", "Mirelle works at Brintell.", "nobody was there"]
    let first = texts.map { OfflineExtractor().read($0, at: nil, knowing: names) }
    #expect(texts.reversed().map { OfflineExtractor().read($0, at: nil, knowing: names) }.reversed() == first)
  }
}
