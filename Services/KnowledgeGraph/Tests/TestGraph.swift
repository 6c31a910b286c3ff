import Events
import KnowledgeGraphEvents
import MemoryEvents
import RoostTesting
import RuntimeHost
import Storage

@testable import KnowledgeGraphService

/// A graph in a database of its own, told at set times what memories say.
struct TestGraph: Sendable {
  /// 2026-01-01T00:00:00Z, which the tests' times count seconds from.
  static let epoch = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)

  /// What the tests' changes are said to be caused by, where that is no matter.
  static let cause = Event(MemoryDeleted(memoryID: "mem_0", version: 1), sourceService: "test")

  let database: any Database

  private init(_ database: any Database) {
    self.database = database
  }

  /// Runs a test with a graph that is empty at first.
  static func run(on engine: TestEngine, _ body: (TestGraph) async throws -> Void) async throws {
    try await TestDatabases.run(on: engine) { databases in
      let database = try await databases.open("knowledge_graph")
      try await database.migrate(GraphMigrations.all, component: "knowledge_graph")
      try await body(TestGraph(database))
    }
  }

  static func time(_ seconds: Int) -> Timestamp { epoch + .seconds(seconds) }

  /// Tells the graph what was found in a memory's version; the event's id follows from all that is given.
  @discardableResult
  func extract(
    _ memoryID: String, version: Int = 1, _ entities: [MemoryEntityExtracted.Entity] = [],
    _ relationships: [MemoryEntityExtracted.Relationship] = [], createdAt: Timestamp? = nil, eventID: String? = nil,
    extractor: String = "rules/1", precedence: Int? = nil, at now: Timestamp = epoch
  ) async throws -> KnowledgeGraphUpdated {
    let extraction = MemoryEntityExtracted(
      memoryID: memoryID, memoryVersion: version, extractor: extractor, entities: entities,
      relationships: relationships, memoryCreatedAt: createdAt, precedence: precedence)
    return try await update(at: now) { graph in
      try graph.apply([
        GraphWriter.Told(extraction: extraction, eventID: eventID ?? "\(memoryID)-\(version)", at: now)
      ])[0]
    }.payload
  }

  /// The entities whose standing turns by what was found in a memory's version.
  func standings(
    _ memoryID: String, version: Int = 1, _ entities: [MemoryEntityExtracted.Entity],
    _ relationships: [MemoryEntityExtracted.Relationship] = []
  ) async throws -> [EntityStanding] {
    let extraction = MemoryEntityExtracted(
      memoryID: memoryID, memoryVersion: version, extractor: "rules/1", entities: entities, relationships: relationships
    )
    return try await update(at: Self.epoch) { graph in
      try graph.apply([GraphWriter.Told(extraction: extraction, eventID: "\(memoryID)-\(version)", at: Self.epoch)])[0]
    }.standings
  }

  @discardableResult
  func delete(_ memoryID: String, version: Int = 2, at now: Timestamp = epoch) async throws -> KnowledgeGraphUpdated {
    try await update(at: now) { try Self.delete(memoryID, version: version, from: $0) }.payload
  }

  /// The entities whose standing turns by a memory's deletion.
  func standings(deleting memoryID: String) async throws -> [EntityStanding] {
    try await update(at: Self.epoch) { try Self.delete(memoryID, version: 2, from: $0) }.standings
  }

  private static func delete(_ memoryID: String, version: Int, from graph: GraphWriter) throws -> GraphUpdate {
    try graph.delete(
      MemoryDeleted(memoryID: memoryID, version: version), eventID: "\(memoryID)-deleted-\(version)")
  }

  private func update(
    at now: Timestamp, _ body: @escaping @Sendable (GraphWriter) throws -> GraphUpdate
  ) async throws -> (payload: KnowledgeGraphUpdated, standings: [EntityStanding]) {
    try await database.write { tx in
      let update = try body(GraphWriter(tx, now: now))
      var changes = StandingChanges()
      changes.add(update.counts, causedBy: Self.cause)
      return (update.payload, try changes.turned(in: tx).map(\.standing))
    }
  }

  func entities(named name: String? = nil, type: String? = nil) async throws -> [Entity] {
    let key = name.flatMap { NameKey($0) }
    return try await database.read { tx in
      try EntityReader(tx).page(key: key, type: type, after: nil, limit: 1000)
    }
  }

  /// The neighbourhood of the one entity of that name, or `nil` when there is none.
  func neighbourhood(
    _ name: String, depth: Int = 1, asOf: AsOf = AsOf(), limits: GraphLimits = GraphLimits()
  ) async throws -> Neighbourhood? {
    try await database.read { tx in
      guard let entity = try Self.entity(name, in: tx) else { return nil }
      return try Neighbourhood(of: entity, depth: depth, asOf: asOf, limits: limits, in: tx)
    }
  }

  /// The shortest paths as names and relation types in turn.
  func paths(
    _ from: String, _ to: String, maximumLength: Int = 6, limit: Int = 5, asOf: AsOf = AsOf(),
    limits: GraphLimits = GraphLimits()
  ) async throws -> [[String]] {
    try await database.read { tx in
      guard let start = try Self.entity(from, in: tx), let end = try Self.entity(to, in: tx) else { return [] }
      let search = try PathSearch(
        from: start, to: end, maximumLength: maximumLength, limit: limit, asOf: asOf, limits: limits, in: tx)
      return search.paths.map { path in
        zip(path.entities, path.facts).flatMap { [$0.name, $1.type] } + path.entities.suffix(1).map(\.name)
      }
    }
  }

  func sources(of factID: String) async throws -> [FactSource] {
    try await database.read { tx in try SourceReader(tx).page(of: factID, after: nil, limit: 1000) ?? [] }
  }

  func facts(ofMemory memoryID: String) async throws -> [MemoryFact]? {
    try await database.read { tx in try SourceReader(tx).page(ofMemory: memoryID, after: nil, limit: 1000) }
  }

  /// Every table's rows as text, to tell whether anything changed.
  func dump() async throws -> [String] {
    try await database.read { tx in
      let tables = ["entities", "entity_keys", "entity_names", "revisions", "mentions", "facts", "fact_sources"]
      return try tables.flatMap { table in
        try tx.query("SELECT * FROM \(table)") { row in
          "\(table) \((0..<row.columnCount).map { "\(row.value($0))" })"
        }
      }
    }
  }

  /// The oldest entity whose name has that key, whether memories name it now or not.
  private static func entity(_ name: String, in tx: Transaction) throws -> Entity? {
    let entityID = try tx.first(
      "SELECT e.entity_id FROM entity_keys k JOIN entities e ON e.id = k.entity WHERE k.name_key = ? ORDER BY e.id",
      NameKey(name)?.exact ?? ""
    ) { try $0.string(0) }
    return try entityID.flatMap { try EntityReader(tx).entity($0) }
  }
}
