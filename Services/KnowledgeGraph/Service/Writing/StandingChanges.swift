import KnowledgeGraphEvents
import RuntimeHost

/// Gathers over a transaction what may turn the standing of entities, and tells in its end of those that it turned.
///
/// The rows that it counts were written by this transaction, so nobody else changes them before it ends.
struct StandingChanges {
  private struct Change {
    var sure = 0
    var isRetyped = false
    var cause: Event
  }

  private var changes: [Int64: Change] = [:]

  mutating func add(_ counts: [Int64: GraphChange.Counts], causedBy cause: Event) {
    for (entity, counts) in counts where counts.sure != 0 || counts.isRetyped {
      var change = changes[entity] ?? Change(cause: cause)
      change.sure += counts.sure
      change.isRetyped = change.isRetyped || counts.isRetyped
      change.cause = cause
      changes[entity] = change
    }
  }

  func publish(in tx: ServiceTransaction) throws {
    for (standing, cause) in try turned(in: tx.database) {
      if standing.isConfirmed {
        try tx.publish(standing.confirmation, causedBy: cause)
      } else {
        try tx.publish(standing.withdrawal, causedBy: cause)
      }
    }
  }

  /// The entities whose standing is another now, or their type while they are confirmed; each with what turned it last.
  func turned(in transaction: Transaction) throws -> [(standing: EntityStanding, cause: Event)] {
    var turned: [(standing: EntityStanding, cause: Event)] = []
    let rows = changes.keys.sorted()
    for group in RowGroups(rows.count) {
      let sql = """
        SELECT id, sure_count, entity_id, name, type FROM entities
        WHERE id IN (\(group.placeholders("?"))) ORDER BY id
        """
      try transaction.forEach(sql, rows[group.rows].map { .integer($0) }) { row in
        guard let change = changes[try row.int64(0)] else { return true }
        let count = try row.int(1)
        let isConfirmed = count >= EntityStanding.memories
        let wasConfirmed = count - change.sure >= EntityStanding.memories
        if isConfirmed != wasConfirmed || isConfirmed && change.isRetyped {
          turned.append(
            (
              EntityStanding(
                entityID: try row.string(2), name: try row.string(3), type: try row.string(4), isConfirmed: isConfirmed),
              change.cause
            ))
        }
        return true
      }
    }
    return turned
  }
}
