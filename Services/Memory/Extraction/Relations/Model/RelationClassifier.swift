/// Tells the relations of a text's entities by the trained model.
struct RelationClassifier {
  /// A relation that the model finds likely enough.
  struct Finding {
    /// Entities of the document.
    var source: Int
    var target: Int
    /// The place of its label in ``RelationLabel/all``.
    var label: Int
    var probability: Double
  }

  let model: RelationModel

  /// - Parameter least: The least probability, in place of the model's own threshold for each label.
  func read(_ document: RelationDocument, least: Double? = nil) -> [Finding] {
    guard !model.isEmpty, document.entities.count > 1 else { return [] }
    var features = RelationFeatures(places: model.containment)
    var found: [Finding] = []
    for (source, target) in document.pairs() {
      features.read(document, source, target)
      let isApart = !document.shareSentence(source, target)
      for (label, logit) in model.logits(features.keys).enumerated() where logit > -4 {
        let probability = model.probability(logit, label, isApart: isApart)
        if probability >= least ?? Double(model.thresholds[label]),
          !Self.family.contains(RelationLabel.all[label].property) || speaksOfFamily(document, source, target)
        {
          found.append(Finding(source: source, target: target, label: label, probability: probability))
        }
      }
    }
    return found
  }

  // MARK: Family

  /// Parents, children, spouses, siblings.
  private static let family: Set<UInt16> = [22, 25, 26, 40, 3373]

  private static let familyWords = Set(
    """
    wife husband spouse married marry marries marriage widow widower wed wedding divorced divorce bride engaged consort
    son sons daughter daughters child children father mother parents parent brother brothers sister sisters sibling
    siblings twin twins stepson stepdaughter stepfather stepmother half-brother half-sister family born heir
    """.split { $0 == " " || $0 == "\n" }.map { KeyHash.of($0.utf8) })

  /// Whether a sentence of the two has a word of family in it: two people named side by side are not yet a couple.
  private func speaksOfFamily(_ document: RelationDocument, _ source: Int, _ target: Int) -> Bool {
    let isApart = !document.shareSentence(source, target)
    let others = document.entities[target].places
    return document.entities[source].places.contains { place in
      guard isApart || others.contains(where: { $0.sentence == place.sentence }) else { return false }
      return document.text.sentences[Int(place.sentence)].prefix(200).contains {
        Self.familyWords.contains(document.text.tokens[$0].hash)
      }
    }
  }
}
