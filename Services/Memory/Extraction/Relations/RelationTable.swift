/// All relations and their patterns, found by the words that anchor them.
struct RelationTable: Sendable {
  let relations: [RelationKind]
  let patterns: [RelationPattern]
  /// The patterns to try at a word, in the table's order: earlier ones win.
  let anchors: HashedTable<[Int]>

  static let standard = RelationTable(
    work + people + places + organizations + creations + preferences + events)

  init(_ relations: [RelationKind]) {
    self.relations = relations
    var patterns: [RelationPattern] = []
    var anchors = HashedTable<[Int]>(capacity: 1024)
    for (index, relation) in relations.enumerated() {
      for phrase in relation.phrases {
        let pattern = RelationPattern(phrase, relation: index)
        for word in pattern.anchor.hashes { anchors[word] = (anchors[word] ?? []) + [patterns.count] }
        patterns.append(pattern)
      }
    }
    self.patterns = patterns
    self.anchors = anchors
  }
}
