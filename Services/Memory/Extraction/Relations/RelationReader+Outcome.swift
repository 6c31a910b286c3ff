extension RelationReader {
  /// What was read, in the words of the protocol.
  func extraction() -> Extraction {
    let entities = mentions.filter { !$0.isPronoun }.map { mention in
      ExtractedEntity(
        name: name(mention.canonical), text: text.string(bytes(mention.tokens)), type: mention.type.name,
        start: bytes(mention.tokens).lowerBound, end: bytes(mention.tokens).upperBound,
        confidence: bounded(mention.confidence))
    }
    var best: [RelationKey: Int] = [:]
    var relationships: [ExtractedRelationship] = []
    for found in found {
      let relationship = relationship(found)
      let key = RelationKey(source: canonical(found.source), target: canonical(found.target), type: relationship.type)
      if let place = best[key] {
        if relationships[place].confidence < relationship.confidence { relationships[place] = relationship }
      } else {
        best[key] = relationships.count
        relationships.append(relationship)
      }
    }
    return Extraction(
      entities: entities.sorted { ($0.start, $0.end) < ($1.start, $1.end) }, relationships: relationships)
  }

  private struct RelationKey: Hashable {
    var source: Int
    var target: Int
    var type: String
  }

  private func relationship(_ found: Found) -> ExtractedRelationship {
    let range = bytes(found.tokens)
    let (source, target) = (mentions[canonical(found.source)], mentions[canonical(found.target)])
    return ExtractedRelationship(
      source: name(source.canonical), target: name(target.canonical), sourceType: source.type.name,
      targetType: target.type.name, type: found.type,
      confidence: bounded(found.confidence), start: range.lowerBound, end: range.upperBound, text: text.string(range),
      validFrom: found.interval?.from.flatMap { CalendarDay.timestamp($0) },
      validTo: found.interval?.to.flatMap { CalendarDay.timestamp($0) })
  }

  private func name(_ index: Int) -> String {
    mentions[index].listedName ?? text.string(bytes(mentions[index].tokens))
  }

  private func bytes(_ tokens: Range<Int>) -> Range<Int> {
    text.tokens[tokens.lowerBound].start..<text.tokens[tokens.upperBound - 1].end
  }

  private func bounded(_ confidence: Double) -> Double { min(0.99, max(0.01, confidence)) }
}
