import KnowledgeGraphEvents

/// That an entity was confirmed by a second memory, or is not confirmed any more.
///
/// A memory confirms an entity that it names with a confidence of at least ``confidence``. One that is less sure does
/// not: an extractor may have found the name only because the graph told it of it, and a name must not confirm itself.
struct EntityStanding: Hashable, Sendable {
  /// How many memories confirm an entity.
  static let memories = 2
  /// How sure each of them is of it at least.
  static let confidence = 0.75

  let entityID: String
  let name: String
  let type: String
  let isConfirmed: Bool

  var confirmation: KnowledgeGraphEntityConfirmed {
    KnowledgeGraphEntityConfirmed(entityID: entityID, name: name, type: type)
  }

  var withdrawal: KnowledgeGraphEntityUnconfirmed {
    KnowledgeGraphEntityUnconfirmed(entityID: entityID, name: name, type: type)
  }
}
