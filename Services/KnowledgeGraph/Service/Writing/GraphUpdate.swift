import KnowledgeGraphEvents

/// What a change of the graph did to it.
struct GraphUpdate: Sendable {
  let payload: KnowledgeGraphUpdated
  /// What was added to the counts of each entity, by its row.
  let counts: [Int64: GraphChange.Counts]
}
