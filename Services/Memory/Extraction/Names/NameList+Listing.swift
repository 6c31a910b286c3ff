extension NameList {
  /// Puts the list above what another extractor found: its names are taken where they stand, with their types, and what
  /// that extractor said of a part of one is left out.
  ///
  /// - Parameter text: The text that the extraction is of.
  public func listing(in extraction: Extraction, of text: String) -> Extraction {
    guard !isEmpty else { return extraction }
    let tokenized = Tokenizer.tokenize(text, lists: nil)
    let listed = tokenized.sentences.flatMap { mentions(in: $0, of: tokenized) }
    guard !listed.isEmpty else { return extraction }
    var result = extraction
    var renamed: [Named: Named] = [:]
    result.entities.removeAll { entity in
      guard let place = listed.firstIndex(where: { $0.start < entity.end && entity.start < $0.end }) else {
        return false
      }
      if listed[place].start == entity.start, listed[place].end == entity.end {
        renamed[Named(entity)] = Named(listed[place])
      }
      return true
    }
    result.entities = (result.entities + listed).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    let named = Set(result.entities.map(Named.init))
    result.relationships = extraction.relationships.compactMap { relationship in
      var relationship = relationship
      let source = Named(name: relationship.source, type: relationship.sourceType)
      let target = Named(name: relationship.target, type: relationship.targetType)
      let ends = (renamed[source] ?? source, renamed[target] ?? target)
      // What is said of a name that is no name any more goes with it.
      guard named.contains(ends.0), named.contains(ends.1), ends.0 != ends.1 else { return nil }
      (relationship.source, relationship.sourceType) = (ends.0.name, ends.0.type)
      (relationship.target, relationship.targetType) = (ends.1.name, ends.1.type)
      return relationship
    }
    return result
  }

  /// An entity as relationships refer to it.
  private struct Named: Hashable {
    let name: String
    let type: String

    init(name: String, type: String) {
      self.name = name
      self.type = type
    }

    init(_ entity: ExtractedEntity) {
      self.init(name: entity.name, type: entity.type)
    }
  }

  private func mentions(in sentence: Range<Int>, of text: TokenizedText) -> [ExtractedEntity] {
    var found: [ExtractedEntity] = []
    var index = sentence.lowerBound
    while index < sentence.upperBound {
      guard let match = match(at: index, in: sentence, of: text) else {
        index += 1
        continue
      }
      let bytes = text.tokens[index].start..<text.tokens[match.tokens.upperBound - 1].end
      let words = text.string(bytes)
      found.append(
        ExtractedEntity(
          name: match.name, text: words, type: match.type.name, start: bytes.lowerBound, end: bytes.upperBound,
          confidence: Self.confidence))
      index = match.tokens.upperBound
    }
    return found
  }
}
