import KnowledgeGraphEvents
import RuntimeHost

/// The handler that keeps the list of the names that the knowledge graph has confirmed.
///
/// Both events are one handler's, and keyed by the entity, so an entity's last word is the graph's last word.
struct LearnNames: Sendable {
  static let name = "learn-names"
  static let patterns = [
    EventPattern(KnowledgeGraphEntityConfirmed.eventType), EventPattern(KnowledgeGraphEntityUnconfirmed.eventType),
  ]

  let book: NameBook

  func handle(_ event: Event, _ context: ServiceContext) async throws {
    if event.type == KnowledgeGraphEntityConfirmed.eventType {
      let entity = try event.decode(KnowledgeGraphEntityConfirmed.self)
      try await change(context) { try $0.confirm(entity.entityID, name: entity.name, type: entity.type) }
    } else {
      let entity = try event.decode(KnowledgeGraphEntityUnconfirmed.self)
      try await change(context) { try $0.withdraw(entity.entityID) }
    }
  }

  private func change(
    _ context: ServiceContext, _ body: @escaping @Sendable (GraphNameStore) throws -> Bool
  ) async throws {
    try await context.transaction { [book] tx in
      try NameListVersions.lock(in: tx.database)
      guard try body(GraphNameStore(in: tx.database)) else { return }
      let versions = try NameListVersions.read(in: tx.database)
      tx.database.afterCommit { book.note(versions) }
    }
  }
}
