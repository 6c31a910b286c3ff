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
    var scratch = RelationModel.Scratch()
    var found: [Finding] = []
    for (source, target) in document.pairs() {
      features.gather(document, source, target)
      features.ask(model, &scratch)
      guard !scratch.candidates.isEmpty else { continue }
      let isApart = !document.shareSentence(source, target)
      for candidate in scratch.candidates {
        let label = candidate.label
        let probability = model.probability(candidate.logit, label, isApart: isApart)
        if probability >= least ?? model.threshold(label, isApart: isApart),
          RelationWords.allow(RelationLabel.all[label], document, source, target)
        {
          found.append(Finding(source: source, target: target, label: label, probability: probability))
        }
      }
    }
    return found
  }
}
