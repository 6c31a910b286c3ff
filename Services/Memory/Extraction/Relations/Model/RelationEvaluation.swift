/// How well the extractor tells relations between annotated entities, at the thresholds that it ships with.
package struct RelationEvaluation: Sendable {
  package struct Score: Sendable, Equatable {
    package var right = 0
    package var said = 0
    package var facts = 0
    package var precision: Double { said == 0 ? 0 : Double(right) / Double(said) }
    package var recall: Double { facts == 0 ? 0 : Double(right) / Double(facts) }
    package var f1: Double {
      precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
    }
  }

  /// What was said with about one confidence.
  package struct Bin: Sendable, Equatable {
    package var count = 0
    package var right = 0
    package var confidence = 0.0
  }

  package private(set) var within = Score()
  package private(set) var all = Score()
  /// Within a sentence, by relation.
  package private(set) var byRelation: [String: Score] = [:]
  /// Within a sentence, by tenths of confidence.
  package private(set) var bins = [Bin](repeating: Bin(), count: 10)

  /// The mean distance between the confidence of what is said and the share of it that is right.
  package var calibrationError: Double {
    let count = bins.reduce(0) { $0 + $1.count }
    guard count > 0 else { return 0 }
    return bins.reduce(0) { $0 + abs($1.confidence - Double($1.right)) } / Double(count)
  }

  package init(_ documents: [RedocredDocument] = [], model: RelationModel = .embedded) {
    add(documents, model: model)
  }

  /// Counts further documents in, told by another model: what several models say of parts of one collection is one
  /// measurement.
  package mutating func add(_ documents: [RedocredDocument], model: RelationModel) {
    let classifier = RelationClassifier(model: model)
    for annotated in documents { add(annotated, classifier) }
  }

  private mutating func add(_ annotated: RedocredDocument, _ classifier: RelationClassifier) {
    let annotation = RelationAnnotation(annotated)
    let facts = Set(annotated.facts)
    let usesNames = !facts.isEmpty && facts.allSatisfy { RelationLabel.label(of: $0.relation) == nil }
    for fact in facts {
      all.facts += 1
      guard RelationAnnotation.isWithinSentence(annotated, fact.head, fact.tail) else { continue }
      within.facts += 1
      byRelation[fact.relation, default: Score()].facts += 1
    }
    var said: [RedocredDocument.Fact: Double] = [:]
    for finding in classifier.read(annotation.document) {
      let label = RelationLabel.all[finding.label]
      var fact = RedocredDocument.Fact(
        head: annotation.entityNumbers[finding.source], tail: annotation.entityNumbers[finding.target],
        relation: usesNames ? label.name : label.identifier)
      if usesNames, label.isInverse { swap(&fact.head, &fact.tail) }
      said[fact] = max(said[fact] ?? 0, finding.probability)
    }
    for (fact, confidence) in said {
      let isRight = facts.contains(fact)
      all.said += 1
      if isRight { all.right += 1 }
      guard RelationAnnotation.isWithinSentence(annotated, fact.head, fact.tail) else { continue }
      within.said += 1
      byRelation[fact.relation, default: Score()].said += 1
      let bin = min(9, Int(confidence * 10))
      bins[bin].count += 1
      bins[bin].confidence += confidence
      if isRight {
        within.right += 1
        byRelation[fact.relation, default: Score()].right += 1
        bins[bin].right += 1
      }
    }
  }
}
