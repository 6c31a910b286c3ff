import RuntimeHost

/// The facts within some steps of an entity, whichever way they point, and the entities at their ends.
struct Neighbourhood: Hashable, Sendable {
  /// The entity itself first, then by their distance.
  var entities: [Entity]
  /// By their distance: a fact at depth 1 touches the entity itself.
  var facts: [Fact]
  /// Whether facts within the depth were left out.
  var isTruncated: Bool

  /// - Parameter depth: How many facts away from the entity; 0 for the entity alone.
  /// - Throws: `DatabaseError`.
  init(
    of entity: Entity, depth: Int, asOf: AsOf, limits: GraphLimits = GraphLimits(), in transaction: Transaction
  ) throws {
    let reader = FactReader(transaction, asOf: asOf)
    var rows = [entity.rowID]
    var reached: Set<Int64> = [entity.rowID]
    var seen: Set<Int64> = []
    var found: [Fact] = []
    var isTruncated = false
    var frontier = rows
    for _ in 0..<depth where !frontier.isEmpty && !isTruncated {
      var next: [Int64] = []
      try reader.forEachFact(touching: frontier) { fact in
        guard !seen.contains(fact.rowID) else { return true }
        guard found.count < limits.neighbourhoodFacts else {
          isTruncated = true
          return false
        }
        seen.insert(fact.rowID)
        found.append(fact)
        for end in [fact.source, fact.target] where reached.insert(end).inserted { next.append(end) }
        return true
      }
      rows += next
      frontier = next
    }
    entities = try EntityReader(transaction).entities(rows)
    facts = found
    self.isTruncated = isTruncated
  }
}
