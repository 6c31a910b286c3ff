import RuntimeHost

/// Finds the shortest paths between two entities, from both ends at once.
struct PathSearch: Hashable, Sendable {
  /// The shortest paths, or as many of them as were asked for; none when the entities are not connected within the
  /// length.
  private(set) var paths: [GraphPath] = []
  /// Whether the search ended before it was done: a path may exist that was not found.
  private(set) var isTruncated = false

  /// - Parameters:
  ///   - maximumLength: How many facts a path may have.
  ///   - limit: How many of the shortest paths are wanted.
  /// - Throws: `DatabaseError`.
  init(
    from start: Entity, to end: Entity, maximumLength: Int, limit: Int, asOf: AsOf,
    limits: GraphLimits = GraphLimits(), in transaction: Transaction
  ) throws {
    let reader = FactReader(transaction, asOf: asOf)
    var forward = SearchTree(root: start.rowID)
    var backward = SearchTree(root: end.rowID)
    var budget = limits.searchedFacts
    // Levels grow whole, so every entity where the sides first meet lies on a shortest path, and each such path passes
    // through exactly one of them.
    var meetings = start.rowID == end.rowID ? [start.rowID] : []
    while meetings.isEmpty, forward.depth + backward.depth < maximumLength {
      guard !forward.frontier.isEmpty, !backward.frontier.isEmpty else { return }
      let isWhole: Bool
      if forward.frontier.count <= backward.frontier.count {
        isWhole = try forward.grow(by: reader, budget: &budget)
        meetings = forward.frontier.filter(backward.reaches)
      } else {
        isWhole = try backward.grow(by: reader, budget: &budget)
        meetings = backward.frontier.filter(forward.reaches)
      }
      if !isWhole {
        isTruncated = true
        break
      }
    }
    let entities = EntityReader(transaction)
    for meeting in meetings.sorted() {
      for first in forward.ways(to: meeting, limit: limit - paths.count) {
        for second in backward.ways(to: meeting, limit: limit - paths.count) {
          let rows = first.map(\.from) + [meeting] + second.reversed().map(\.from)
          let facts = first.map(\.fact) + second.reversed().map(\.fact)
          paths.append(GraphPath(entities: try entities.entities(rows), facts: facts))
        }
      }
    }
  }
}
