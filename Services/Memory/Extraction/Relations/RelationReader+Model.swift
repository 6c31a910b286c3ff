extension RelationReader {
  /// Adds what the trained model tells of the mentions, where the patterns did not say it already with more confidence.
  ///
  /// It rests on the nearest pair of mentions in one sentence; what is denied there is not stated. Relations across
  /// sentences rest on the words from one mention to the other.
  mutating func addModel(_ model: RelationModel, lists: NameLists) {
    guard !model.isEmpty, mentions.count > 1 else { return }
    let document = RelationDocument(text: text, mentions: mentions, lists: lists)
    for finding in RelationClassifier(model: model).read(document) {
      let label = RelationLabel.all[finding.label]
      guard let (left, right) = nearest(document.entities[finding.source], document.entities[finding.target]) else {
        continue
      }
      let low = Int(min(left.tokens.lowerBound, right.tokens.lowerBound))
      let high = Int(max(left.tokens.upperBound, right.tokens.upperBound))
      let sentence = text.sentences[Int(left.sentence)]
      let stance = left.sentence == right.sentence ? stance(low..<high, sentence) : .stated
      if stance == .denied { continue }
      var (source, target) = (
        document.entities[finding.source].canonical, document.entities[finding.target].canonical
      )
      if label.isInverse { swap(&source, &target) }
      found.append(
        Found(
          type: label.name, source: source, target: target, confidence: finding.probability * stance.certainty,
          tokens: low..<high,
          interval: interval(for: label.time, stance, low..<high, sentence, except: [source, target])))
    }
  }

  /// The two mentions that stand nearest to each other, in one sentence where there is one.
  private func nearest(
    _ one: RelationDocument.Entity, _ other: RelationDocument.Entity
  ) -> (RelationDocument.Place, RelationDocument.Place)? {
    var best: (distance: Int, RelationDocument.Place, RelationDocument.Place)?
    for left in one.places {
      for right in other.places {
        let apart = Int(abs(left.sentence - right.sentence))
        let distance = apart * 1_000_000 + Int(abs(left.tokens.lowerBound - right.tokens.lowerBound))
        if best.map({ distance < $0.distance }) ?? true { best = (distance, left, right) }
      }
    }
    return best.map { ($0.1, $0.2) }
  }
}
