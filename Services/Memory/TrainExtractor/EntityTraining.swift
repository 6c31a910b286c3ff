import Extraction
import Foundation

/// `train-extractor entities CORPORA OUTPUT`: measures the settings on folds that it did not learn from, fits the
/// confidences to what it got right there, then learns from everything and writes the model's file.
struct EntityTraining {
  private static let bits = 17
  private static let folds = 4
  private static let seeds: [UInt64] = [1, 2]
  /// What the averaged scores are divided by: a perceptron's margins are far wider than log-odds.
  private static let temperatureShare: Float = 0.16

  private let corpus: Corpus

  static func run(_ arguments: [String]) throws {
    let corpora = URL(fileURLWithPath: arguments.first ?? "../shared/corpora")
    let output = arguments.count > 1 ? arguments[1] : "Services/Memory/EntityModel/entities.bin"
    let model = EntityTraining(try Corpus(folder: corpora)).learn()
    try Data(model).write(to: URL(fileURLWithPath: output))
    print("\(output): \(model.count) bytes")
  }

  private init(_ corpus: Corpus) { self.corpus = corpus }

  private func learn() -> [UInt8] {
    var fitters: [String: CurveFitter] = [:]
    var totals: [String: (right: Int, spurious: Int, missed: Int)] = [:]
    for fold in 0..<Self.folds {
      var learned: [TrainingSentence] = []
      for part in corpus.parts {
        let held = held(part, fold)
        learned += part.sentences.enumerated().filter { !held.contains($0.offset) }.map(\.element)
      }
      let model = train(learned, seeds: Array(Self.seeds.prefix(1)))
      let bytes = model.serialized(temperature: temperature(model), curves: CurveFitter.straight)
      bytes.withUnsafeBytes { bytes in
        var tagger = EntityTagger(model: EntityModel(bytes))
        for part in corpus.parts where part.name != "redocred" {
          var counts = totals[part.name] ?? (0, 0, 0)
          var points = fitters[part.name] ?? CurveFitter()
          for index in held(part, fold) {
            judge(part.sentences[index], &tagger, &points, &counts)
          }
          totals[part.name] = counts
          fitters[part.name] = points
        }
      }
      print("fold \(fold + 1) of \(Self.folds) done")
    }
    for (name, counts) in totals.sorted(by: { $0.key < $1.key }) {
      let f1 = 200 * Double(counts.right) / Double(max(1, 2 * counts.right + counts.spurious + counts.missed))
      let others = fitters.filter { $0.key != name }.sorted { $0.key < $1.key }.map(\.value)
      let (error, found) = CurveFitter.error(of: fitters[name] ?? CurveFitter(), underCurvesOf: others)
      print(
        String(
          format: "%@ F1 %.1f, calibration error under the others' curves %.3f",
          name.padding(toLength: 16, withPad: " ", startingAt: 0), f1, error / Double(max(1, found))))
    }
    var points = CurveFitter()
    for (_, fitter) in fitters.sorted(by: { $0.key < $1.key }) { points.add(fitter) }
    let model = train(corpus.parts.flatMap(\.sentences), seeds: Self.seeds)
    return model.serialized(temperature: temperature(model), curves: points.curves())
  }

  /// Neighbouring sentences stay together, so that a document is on one side.
  private func held(_ part: Corpus.Part, _ fold: Int) -> Range<Int> {
    let count = part.sentences.count
    return count * fold / Self.folds..<count * (fold + 1) / Self.folds
  }

  private func train(_ sentences: [TrainingSentence], seeds: [UInt64]) -> Perceptron {
    var perceptron = Perceptron(bits: Self.bits)
    var forms = SentenceForms(lists: .embedded, words: .embedded)
    for seed in seeds {
      var augmentation = Augmentation(corpus, sentences: sentences, seed: seed)
      var examples = Perceptron.Examples()
      for sentence in sentences {
        for variant in augmentation.sentences(from: sentence) { examples.append(variant, &forms, bits: Self.bits) }
      }
      perceptron.train(examples, seed: seed &+ 100)
    }
    return perceptron
  }

  /// Grows with the weights, so that a model of several seeds is as sure as one of a single seed.
  private func temperature(_ model: Perceptron) -> Float { model.spread / Self.temperatureShare }

  private func judge(
    _ sentence: TrainingSentence, _ tagger: inout EntityTagger, _ points: inout CurveFitter,
    _ counts: inout (right: Int, spurious: Int, missed: Int)
  ) {
    let (bytes, words) = AnnotatedSentence(words: sentence.words).text
    let expected = sentence.names.filter { $0.tag != .other }
    var right = 0
    var found = 0
    for name in tagger.names(words[...], of: bytes) {
      let isRight = sentence.names.contains { $0.words == name.tokens && $0.tag == name.tag }
      // Where others are not marked, nothing is known of how often they are right.
      if name.tag != .other || sentence.marksOthers { points.add(name, isRight: isRight) }
      guard name.tag != .other else { continue }
      found += 1
      if isRight { right += 1 }
    }
    counts.right += right
    counts.spurious += found - right
    counts.missed += expected.count - right
  }
}
