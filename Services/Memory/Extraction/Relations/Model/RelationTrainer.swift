import Foundation

/// Trains the relation model from annotated documents: the same documents give the same bytes.
///
/// Confidences and thresholds are set on predictions for documents that the predicting network has not seen: the
/// documents are cut into five parts, and each is predicted by a network trained on the other four.
package struct RelationTrainer {
  package struct Outcome: Sendable {
    package var model: [UInt8]
    /// On predictions for unseen documents.
    package var report: String
  }

  /// A feature counts when so many documents have it.
  private let leastDocuments: Int
  private let passes: Int
  private let mostRows = 50_000
  private static let parts = 5
  /// The share of what is said within a sentence that is to be right.
  private static let precision = 0.76
  /// How much a pair counts whose entities no sentence mentions together.
  private static let apartWeight: Float = 0.25

  private var examples: [RelationNetwork.Example] = []
  private var documentOf: [Int] = []
  private var isApart: [Bool] = []
  /// By pair: the labels that its sentences have no word for.
  private var unsaid: [Set<Int>] = []
  /// By pair: its features.
  private var found: [[UInt32]] = []
  private var factsWithin = 0
  private var facts = 0

  package init(leastDocuments: Int = 3, passes: Int = 9) {
    self.leastDocuments = leastDocuments
    self.passes = passes
  }

  package mutating func train(_ documents: [RedocredDocument], places: [UInt8]) -> Outcome {
    places.withUnsafeBytes { read(documents, PlaceContainment($0)) }
    let labels = RelationLabel.all.count
    var logits = [Float](repeating: 0, count: examples.count * labels)
    for part in 0..<Self.parts {
      let (vocabulary, networks) = networks(of: examples.indices.filter { documentOf[$0] % Self.parts != part })
      for index in examples.indices where documentOf[index] % Self.parts == part {
        let rows = vocabulary.rows(found[index])
        let answers = networks.map { $0.logits(rows) }
        for label in 0..<labels {
          logits[index * labels + label] = RelationModel.mean(answers[0][label], answers[1][label])
        }
      }
    }
    let calibration = calibrate(logits)
    let (within, report) = threshold(logits, calibration, apart: false)
    let (beyond, other) = threshold(logits, calibration, apart: true)
    let (vocabulary, networks) = networks(of: Array(examples.indices))
    let writer = RelationModelWriter(
      networks: networks, keys: vocabulary.keys, calibration: calibration,
      thresholds: Array(repeating: within, count: labels) + Array(repeating: beyond, count: labels), places: places)
    return Outcome(
      model: writer.serialized(),
      report: """
        pairs \(examples.count), features \(vocabulary.keys.count); on unseen documents at precision \(Self.precision):
        within a sentence: \(report)
        apart: \(other)
        """)
  }

  /// Networks that differ by their seed, trained on some of the examples and on the features that those have; as they
  /// will be packed.
  private func networks(of chosen: [Int]) -> (RelationVocabulary, [RelationNetwork]) {
    let vocabulary = RelationVocabulary(
      chosen.lazy.map { (keys: found[$0], document: documentOf[$0]) }, leastDocuments: leastDocuments,
      mostRows: mostRows)
    var rows: [Int32] = []
    let taught = chosen.map { index in
      let start = rows.count
      rows += vocabulary.rows(found[index])
      return RelationNetwork.Example(
        rows: start..<rows.count, labels: examples[index].labels, weight: examples[index].weight)
    }
    let networks = (0..<RelationModel.networks).map { number in
      var network = RelationNetwork(rows: vocabulary.keys.count, seed: 11 + UInt64(number))
      network.train(taught, rows: rows, passes: passes)
      network.round()
      return network
    }
    return (vocabulary, networks)
  }

  private mutating func read(_ documents: [RedocredDocument], _ places: PlaceContainment) {
    var features = RelationFeatures(places: places)
    for (number, annotated) in documents.enumerated() {
      let annotation = RelationAnnotation(annotated)
      factsWithin += annotation.factsWithin
      facts += annotated.facts.count
      for (source, target) in annotation.document.pairs() {
        features.read(annotation.document, source, target)
        found.append(features.keys)
        let apart = !annotation.isWithinSentence(source, target)
        examples.append(
          RelationNetwork.Example(
            rows: 0..<0, labels: annotation.labels(source, target), weight: apart ? Self.apartWeight : 1))
        unsaid.append(
          Set(
            RelationLabel.all.indices.filter {
              !RelationWords.allow(RelationLabel.all[$0], annotation.document, source, target)
            }))
        isApart.append(apart)
        documentOf.append(number)
      }
    }
  }

  // MARK: Confidence

  /// A slope and an offset for each label, by which its logits become probabilities; near 1 and 0 where there is little
  /// to learn them from.
  private func calibrate(_ logits: [Float]) -> [Float] {
    let labels = RelationLabel.all.count
    var result: [Float] = []
    for apart in [false, true] {
      for label in 0..<labels {
        var (slope, offset) = (1.0, 0.0)
        let chosen = examples.indices.filter {
          isApart[$0] == apart && logits[$0 * labels + label] > -6 && !unsaid[$0].contains(label)
        }
        for _ in 0..<12 {
          var (slopeGradient, offsetGradient) = (10 * (slope - 1), 2 * offset)
          var (slopeCurve, crossCurve, offsetCurve) = (10.0, 0.0, 2.0)
          for index in chosen {
            let logit = Double(logits[index * labels + label])
            let probability = 1 / (1 + exp(-(slope * logit + offset)))
            let error = probability - (examples[index].labels.contains(label) ? 1 : 0)
            let curve = probability * (1 - probability)
            slopeGradient += error * logit
            offsetGradient += error
            slopeCurve += curve * logit * logit
            crossCurve += curve * logit
            offsetCurve += curve
          }
          let determinant = slopeCurve * offsetCurve - crossCurve * crossCurve
          guard determinant > 1e-9 else { break }
          slope -= max(-1, min(1, (slopeGradient * offsetCurve - offsetGradient * crossCurve) / determinant))
          offset -= max(-1, min(1, (offsetGradient * slopeCurve - slopeGradient * crossCurve) / determinant))
        }
        result += [Float(slope), Float(offset)]
      }
    }
    return result
  }

  /// The least probability at which what is said of pairs in one sentence, or of pairs apart, is right often enough.
  private func threshold(_ logits: [Float], _ calibration: [Float], apart: Bool) -> (Float, String) {
    let labels = RelationLabel.all.count
    var said: [(probability: Double, isRight: Bool)] = []
    for index in examples.indices where isApart[index] == apart {
      for label in 0..<labels where !unsaid[index].contains(label) {
        let logit = Double(logits[index * labels + label])
        let place = (apart ? labels * 2 : 0) + label * 2
        let probability = 1 / (1 + exp(-(Double(calibration[place]) * logit + Double(calibration[place + 1]))))
        if probability > 0.05 { said.append((probability, examples[index].labels.contains(label))) }
      }
    }
    said.sort { $0.probability > $1.probability }
    var (right, threshold, recall) = (0, 0.5, 0.0)
    for (index, one) in said.enumerated() {
      if one.isRight { right += 1 }
      if Double(right) >= Self.precision * Double(index + 1) {
        (threshold, recall) = (
          one.probability, Double(right) / Double(max(1, apart ? facts - factsWithin : factsWithin))
        )
      }
    }
    var bins = [(count: Int, sum: Double, right: Int)](repeating: (0, 0, 0), count: 10)
    for one in said where one.probability >= threshold {
      let bin = min(9, Int(one.probability * 10))
      bins[bin] = (bins[bin].count + 1, bins[bin].sum + one.probability, bins[bin].right + (one.isRight ? 1 : 0))
    }
    let count = max(1, bins.reduce(0) { $0 + $1.count })
    let error = bins.reduce(0.0) { $0 + abs($1.sum - Double($1.right)) } / Double(count)
    func places(_ value: Double) -> String { String(format: "%.4f", value) }
    return (
      Float(threshold),
      "recall \(places(recall)), threshold \(places(threshold)), calibration error \(places(error))"
    )
  }
}
