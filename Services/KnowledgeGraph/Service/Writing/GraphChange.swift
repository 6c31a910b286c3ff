import KnowledgeGraphEvents

/// What one extraction or deletion changed in the graph, gathered while it is applied.
struct GraphChange {
  private(set) var entitiesAdded: [String] = []
  private(set) var factsAdded: [String] = []
  private(set) var factsWithdrawn: [String] = []
  /// What is to be added to each entity's counts, by its row.
  private(set) var counts: [Int64: Counts] = [:]

  struct Counts: Equatable {
    var mentions = 0
    var facts = 0
    /// Memories that confirm it, see ``EntityStanding``.
    var sure = 0
    /// Whether a vague type of it was replaced by a telling one.
    var isRetyped = false
  }

  mutating func added(entity: String) { entitiesAdded.append(entity) }

  mutating func count(mentions: Int, of entity: Int64) { counts[entity, default: Counts()].mentions += mentions }

  mutating func count(sure: Bool, before: Bool, of entity: Int64) {
    if sure != before { counts[entity, default: Counts()].sure += sure ? 1 : -1 }
  }

  mutating func retyped(_ entity: Int64) { counts[entity, default: Counts()].isRetyped = true }

  mutating func opened(_ factID: String, source: Int64, target: Int64) {
    factsAdded.append(factID)
    count(facts: 1, source, target)
  }

  mutating func closed(_ factID: String, source: Int64, target: Int64) {
    factsWithdrawn.append(factID)
    count(facts: -1, source, target)
  }

  func payload(
    memoryID: String, entityCount: Int, factCount: Int, reason: KnowledgeGraphUpdated.Reason
  ) -> KnowledgeGraphUpdated {
    KnowledgeGraphUpdated(
      memoryID: memoryID, entitiesAdded: entitiesAdded, factsAdded: factsAdded, factsWithdrawn: factsWithdrawn,
      entityCount: entityCount, factCount: factCount, reason: reason)
  }

  private mutating func count(facts: Int, _ source: Int64, _ target: Int64) {
    counts[source, default: Counts()].facts += facts
    if target != source { counts[target, default: Counts()].facts += facts }
  }
}
