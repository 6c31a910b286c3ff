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
  init(_ transaction: Transaction, now: Timestamp) {
    let pool = StatementPool(transaction)
    revisions = RevisionStore(transaction, pool)
    entities = EntityStore(transaction, pool, now: now)
    facts = FactStore(transaction, pool, now: now)
  }

  /// An extraction and the event that tells of it.
  struct Told {
    let extraction: MemoryEntityExtracted
    let eventID: String
    /// The event's time, which stands for the memory's where the event does not tell it.
    let at: Timestamp
  }

  /// Puts what each extraction found in the place of what an older one found in the same memory, in order.
  ///
  /// On PostgreSQL it costs one round trip for what the graph has of all the memories and names, and one for each new
  /// memory, for what it has of the claims together with the rows of what is new. The rest is not waited for.
  func apply(_ told: [Told]) throws -> [GraphUpdate] {
    try revisions.ask(for: Set(told.map(\.extraction.memoryID)).sorted())
    let mentions = told.map { MentionResolution($0.extraction, in: entities) }
    try entities.ask(for: mentions.reduce(into: []) { $0.formUnion($1.nameKeys) })
    let updates = try zip(told, mentions).map { told, mentions in try apply(told, mentions) }
    try entities.writeCounts()
    return updates
  }

  private func apply(_ told: Told, _ mentions: MentionResolution) throws -> GraphUpdate {
    let extraction = told.extraction
    let last = try revisions.last(of: extraction.memoryID)
    if let last, last.supersedes(extraction, eventID: told.eventID) {
      let counts = try revisions.counts(of: last.rowID)
      let payload = GraphChange().payload(
        memoryID: extraction.memoryID, entityCount: counts.entities, factCount: counts.facts, reason: .extracted)
      return GraphUpdate(payload: payload, counts: [:])
    }
    var change = GraphChange()
    var mentions = mentions
    var claims = try mentions.claims(toldAt: told.at, change: &change)
    let appending = try revisions.append(
      memoryID: extraction.memoryID, version: extraction.memoryVersion, eventID: told.eventID,
      extractor: extraction.extractor, precedence: extraction.precedence ?? 0)
    try entities.startNew(sure: Set(mentions.resolved.lazy.filter(\.isSure).map(\.rowID)))
    // Of a new entity nothing can have been said.
    try facts.ask(for: claims.entries.map(\.claim).filter { $0.source >= 0 && $0.target >= 0 })
    let revision = try revisions.finish(appending)
    let newRows = try entities.finishNew()
    mentions.setRows(newRows)
    claims.setRows(newRows)

    let mentionedBefore = try last.map { try entities.mentioned(in: $0.rowID) } ?? [:]
    try entities.mention(mentions.resolved, in: revision)
    for entity in mentions.resolved where !entity.isNew {
      let before = mentionedBefore[entity.rowID]
      if before == nil { change.count(mentions: 1, of: entity.rowID) }
      change.count(sure: entity.isSure, before: before ?? false, of: entity.rowID)
    }
    let mentioned = Set(mentions.resolved.map(\.rowID))
    for (entity, wasSure) in mentionedBefore where !mentioned.contains(entity) {
      change.count(mentions: -1, of: entity)
      change.count(sure: false, before: wasSure, of: entity)
    }

    var previous = try last.map { try facts.resting(on: $0.rowID) } ?? []
    for (claim, evidence) in claims.entries {
      try facts.record(
        claim, evidence, revision: revision, replacing: last?.rowID, previous: &previous, change: &change)
    }
    try facts.write()
    if let last { try retract(previous, from: last.rowID, change: &change) }
    entities.add(change.counts)
    let payload = change.payload(
      memoryID: extraction.memoryID, entityCount: mentioned.count, factCount: claims.entries.count, reason: .extracted)
    return GraphUpdate(payload: payload, counts: change.counts)
  }

  /// Withdraws what rests on a deleted memory. Extractions of its versions that come later are ignored.
  func delete(_ deletion: MemoryDeleted, eventID: String) throws -> GraphUpdate {
    var change = GraphChange()
    try revisions.ask(for: [deletion.memoryID])
    let last = try revisions.last(of: deletion.memoryID)
    if last.map({ !$0.isDeletion && $0.memoryVersion <= deletion.version }) ?? true {
      _ = try revisions.finish(
        revisions.append(memoryID: deletion.memoryID, version: deletion.version, eventID: eventID, extractor: nil))
      if let last {
        for (entity, wasSure) in try entities.mentioned(in: last.rowID) {
          change.count(mentions: -1, of: entity)
          change.count(sure: false, before: wasSure, of: entity)
        }
        try retract(try facts.resting(on: last.rowID), from: last.rowID, change: &change)
      }
      entities.add(change.counts)
      try entities.writeCounts()
    }
    let payload = change.payload(memoryID: deletion.memoryID, entityCount: 0, factCount: 0, reason: .deleted)
    return GraphUpdate(payload: payload, counts: change.counts)
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
