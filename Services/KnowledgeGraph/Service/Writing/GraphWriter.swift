import KnowledgeGraphEvents
import MemoryEvents
import RuntimeHost

/// Takes extractions into the graph and memories out of it, within one transaction.
///
/// For each memory the last revision is in force: one of an older version, of the same version by a less trusted
/// extractor, of a deleted memory, or told by the same event again changes nothing. Several extractors of one text are
/// versions that compete, and no further evidence: the one in force takes the other's place, what both say stays the
/// same fact, and what the other alone said was believed up to then. Valid inside the transaction's closure only.
struct GraphWriter {
  let revisions: RevisionStore
  let entities: EntityStore
  let facts: FactStore

  /// - Parameter now: The transaction's time: when what it writes becomes known.
  init(_ transaction: Transaction, now: Timestamp) throws {
    revisions = RevisionStore(transaction)
    entities = try EntityStore(transaction, now: now)
    facts = try FactStore(transaction, now: now)
  }

  /// Puts what an extraction found in the place of what an older one found in the same memory.
  ///
  /// - Parameter toldAt: The event's time, which stands for the memory's where the event does not tell it.
  func apply(_ extraction: MemoryEntityExtracted, eventID: String, toldAt: Timestamp) throws -> KnowledgeGraphUpdated {
    let last = try revisions.last(of: extraction.memoryID)
    if let last, last.supersedes(extraction, eventID: eventID) {
      let counts = try revisions.counts(of: last.rowID)
      return GraphChange().payload(
        memoryID: extraction.memoryID, entityCount: counts.entities, factCount: counts.facts, reason: .extracted)
    }
    let revision = try revisions.append(
      memoryID: extraction.memoryID, version: extraction.memoryVersion, eventID: eventID,
      extractor: extraction.extractor, precedence: extraction.precedence ?? 0)
    var change = GraphChange()
    var mentions = MentionResolution(entities)
    let claims = try mentions.claims(of: extraction, toldAt: toldAt, change: &change)

    let mentionedBefore = try last.map { try entities.mentioned(in: $0.rowID) } ?? []
    for entity in mentions.resolved {
      try entities.mention(entity.rowID, in: revision)
      if !entity.isNew, !mentionedBefore.contains(entity.rowID) { change.count(mentions: 1, of: entity.rowID) }
    }
    let mentioned = Set(mentions.resolved.map(\.rowID))
    for entity in mentionedBefore where !mentioned.contains(entity) { change.count(mentions: -1, of: entity) }

    let new = Set(mentions.resolved.lazy.filter(\.isNew).map(\.rowID))
    var previous = try last.map { try facts.resting(on: $0.rowID) } ?? []
    for (claim, evidence) in claims.entries {
      try facts.record(
        claim, evidence, revision: revision, replacing: last?.rowID, previous: &previous,
        isUnknown: new.contains(claim.source) || new.contains(claim.target), change: &change)
    }
    if let last { try retract(previous, from: last.rowID, change: &change) }
    try entities.apply(change.counts)
    return change.payload(
      memoryID: extraction.memoryID, entityCount: mentioned.count, factCount: claims.entries.count, reason: .extracted)
  }

  /// Withdraws what rests on a deleted memory. Extractions of its versions that come later are ignored.
  func delete(_ deletion: MemoryDeleted, eventID: String) throws -> KnowledgeGraphUpdated {
    var change = GraphChange()
    let last = try revisions.last(of: deletion.memoryID)
    if last.map({ !$0.isDeletion && $0.memoryVersion <= deletion.version }) ?? true {
      _ = try revisions.append(
        memoryID: deletion.memoryID, version: deletion.version, eventID: eventID, extractor: nil)
      if let last {
        for entity in try entities.mentioned(in: last.rowID) { change.count(mentions: -1, of: entity) }
        try retract(try facts.resting(on: last.rowID), from: last.rowID, change: &change)
      }
      try entities.apply(change.counts)
    }
    return change.payload(memoryID: deletion.memoryID, entityCount: 0, factCount: 0, reason: .deleted)
  }

  private func retract(_ facts: Set<Int64>, from revision: Int64, change: inout GraphChange) throws {
    for fact in facts.sorted() {
      try self.facts.retract(fact, revision: revision, change: &change)
    }
  }
}

extension Revision {
  /// Whether the extraction comes too late or again, or is less trusted.
  fileprivate func supersedes(_ extraction: MemoryEntityExtracted, eventID: String) -> Bool {
    memoryVersion > extraction.memoryVersion || self.eventID == eventID
      || memoryVersion == extraction.memoryVersion && (isDeletion || precedence > extraction.precedence ?? 0)
  }
}
