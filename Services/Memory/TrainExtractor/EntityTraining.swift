import Extraction
import Foundation
import Synchronization

/// `train-extractor entities CORPORA OUTPUT`: learns from everything and writes the model's file. On the way it learns
/// without quarters of the corpora and without each kind of text, and fits the confidences to what it gets right there.
struct EntityTraining {
  private static let bits = 16
  private static let inputBits = 13
  private static let folds = 3
  static let quarters = 4

  let corpus: Corpus

  static func run(_ arguments: [String]) throws {
    let corpora = URL(fileURLWithPath: arguments.first ?? "../shared/corpora")
    let output = arguments.count > 1 ? arguments[1] : "Services/Memory/EntityModel/entities.bin"
    let training = EntityTraining(try Corpus(folder: corpora))
    let calibration = training.calibrate()
    let bytes = training.train(training.corpus.parts.flatMap { Self.repeated($0.sentences, $0) })
      .serialized(calibration)
    try Data(bytes).write(to: URL(fileURLWithPath: output))
    print("\(output): \(bytes.count) bytes")
  }

  init(_ corpus: Corpus) { self.corpus = corpus }

  /// GUM is small, and of more kinds of text than the rest together: its sentences are gone through twice, and those of
  /// its news, the only ones that are annotated, four times.
  private static func repeated(_ sentences: [TrainingSentence], _ part: Corpus.Part) -> [TrainingSentence] {
    let times = part.name.hasPrefix("gum-news") ? 4 : part.name.hasPrefix("gum") ? 2 : 1
    return Array(repeatElement(sentences, count: times).joined())
  }

  /// Learns twice: first models that each leave out a fold of the sentences, then the one that is kept, to which they say
  /// what they make of the fold that they have not seen.
  func train(_ sentences: [TrainingSentence], seed: UInt64 = 1) -> EntityNetworkTrainer {
    let teachers = (0..<Self.folds).map { fold in
      EntityTeacher(
        learn(sentences.filter { Self.fold(of: $0) != fold }, from: [], seed: seed * 100 + UInt64(fold)))
    }
    return learn(sentences, from: teachers, seed: seed)
  }

  private static func fold(of sentence: TrainingSentence) -> Int { sentence.block % folds }

  private func learn(
    _ sentences: [TrainingSentence], from teachers: [EntityTeacher], seed: UInt64
  ) -> EntityNetworkTrainer {
    var trainer = EntityNetworkTrainer(bits: Self.bits, inputBits: Self.inputBits, vectors: .embedded, seed: seed)
    // Other names and other writings each time that the sentences are gone through.
    trainer.train(with: teachers) { pass in
      var forms = SentenceForms(lists: .embedded, words: .embedded)
      var augmentation = Augmentation(corpus, sentences: sentences, seed: UInt64(pass) + 1)
      var examples = TrainingExamples()
      for sentence in sentences {
        for variant in augmentation.sentences(from: sentence) {
          examples.append(
            variant, teacher: Self.fold(of: sentence), &forms, bits: Self.bits, inputBits: Self.inputBits)
        }
      }
      return examples
    }
    return trainer
  }

  // MARK: Measures

  /// Corpora of one kind of text are left out together.
  private static let kinds = ["btc", "wnut17", "wikigold", "gum-news", "gum-interview", "gum-academic", "gum-court"]

  /// What was found in one corpus by models that did not learn from the sentences.
  private struct Finding {
    var part: Corpus.Part
    var kind: Int
    /// By quarter: by a model that learned from the other quarters, and by one that learned from nothing of its kind.
    var familiar = [CalibrationFitter](repeating: CalibrationFitter(), count: quarters)
    var strange = [CalibrationFitter](repeating: CalibrationFitter(), count: quarters)
    var familiarCounts = EntityEvaluation.Counts()
    var strangeCounts = EntityEvaluation.Counts()

    mutating func addFamiliar(_ judgement: Judgement, _ quarter: Int) {
      familiar[quarter].add(judgement.names)
      familiar[quarter].add(judgement.others)
      familiarCounts.add(judgement.counts)
    }

    /// One kind of text marks products and works: what had not seen it has never learned what they are.
    mutating func addStrange(_ judgement: Judgement, _ quarter: Int) {
      strange[quarter].add(judgement.names)
      strangeCounts.add(judgement.counts)
    }
  }

  /// Neighbouring sentences stay together, so that a document is on one side.
  static func quarter(_ quarter: Int, of count: Int) -> Range<Int> {
    count * quarter / quarters..<count * (quarter + 1) / quarters
  }

  /// What one model did not learn from: a quarter of each corpus, or a kind of text.
  enum Left {
    case quarter(Int), kind(Int)

    var name: String {
      switch self {
      case .quarter(let quarter): "quarter \(quarter + 1) of \(EntityTraining.quarters)"
      case .kind(let kind): EntityTraining.kinds[kind]
      }
    }
  }

  /// Learns without a quarter of each corpus, and without each kind of text, on as many processors as there are; fits the
  /// confidences to what is found there. Says what is found and how true the confidences are.
  private func calibrate() -> EntityCalibration {
    let lefts = (0..<Self.quarters).map(Left.quarter) + Self.kinds.indices.map(Left.kind)
    let trained = Mutex([[UInt8]](repeating: [], count: lefts.count))
    // Each has a seed and a place of its own: the order in which they end makes no difference.
    DispatchQueue.concurrentPerform(iterations: lefts.count) { index in
      let model = train(sentences(without: lefts[index])).serialized(.none)
      trained.withLock { $0[index] = model }
      Self.say("without \(lefts[index].name)")
    }
    let models = trained.withLock { $0 }
    var findings = corpus.parts.compactMap { part in
      Self.kinds.firstIndex { part.name.hasPrefix($0) }.map { Finding(part: part, kind: $0) }
    }
    for index in findings.indices {
      var finding = findings[index]
      for (left, model) in zip(lefts, models) {
        switch left {
        case .quarter(let quarter):
          finding.addFamiliar(judge(finding.part, quarter, model), quarter)
        case .kind(finding.kind):
          for quarter in 0..<Self.quarters {
            finding.addStrange(judge(finding.part, quarter, model), quarter)
          }
        case .kind: break
        }
      }
      findings[index] = finding
    }
    report(findings)
    return Self.fit(findings, quarters: Array(0..<Self.quarters))
  }

  func sentences(without left: Left) -> [TrainingSentence] {
    corpus.parts.flatMap { part in
      let kind = Self.kinds.firstIndex { part.name.hasPrefix($0) }
      switch left {
      case .kind(kind): return [TrainingSentence]()
      case .kind: return Self.repeated(part.sentences, part)
      case .quarter(let quarter):
        let held = kind == nil ? 0..<0 : Self.quarter(quarter, of: part.sentences.count)
        return Self.repeated(part.sentences.enumerated().filter { !held.contains($0.offset) }.map(\.element), part)
      }
    }
  }

  private static func fit(_ findings: [Finding], quarters: [Int]) -> EntityCalibration {
    var all = CalibrationFitter()
    for finding in findings {
      for quarter in quarters {
        all.add(finding.familiar[quarter])
        all.add(finding.strange[quarter])
      }
    }
    return all.fitted()
  }

  private func report(_ findings: [Finding]) {
    let quarters = Array(0..<Self.quarters)
    let withoutQuarter = quarters.map { left in Self.fit(findings, quarters: quarters.filter { $0 != left }) }
    let withoutKind = Self.kinds.indices.map { kind in Self.fit(findings.filter { $0.kind != kind }, quarters: quarters)
    }
    Self.say("corpus: precision, recall and F1 with its other quarters known, and the calibration error where the")
    Self.say(
      "confidences are from the other quarters of all, and from other kinds of text alone; F1 and the error with")
    Self.say("neither model nor confidences from its kind")
    for finding in findings {
      let (known, unknown) = (finding.familiarCounts, finding.strangeCounts)
      Self.say(
        String(
          format: "%@ %.3f %.3f %.1f  %.3f %.3f  %.1f %.3f",
          finding.part.name.padding(toLength: 16, withPad: " ", startingAt: 0), known.precision, known.recall,
          100 * known.f1, CalibrationFitter.error(of: finding.familiar, under: withoutQuarter),
          CalibrationFitter.error(of: finding.familiar, under: quarters.map { _ in withoutKind[finding.kind] }),
          100 * unknown.f1,
          CalibrationFitter.error(of: finding.strange, under: quarters.map { _ in withoutKind[finding.kind] })))
    }
    // What all corpora's names together show: some kinds of text are judged too surely and others not surely enough.
    let known = findings.flatMap(\.familiar)
    let unknown = findings.flatMap(\.strange)
    let others = findings.flatMap { finding in quarters.map { _ in withoutKind[finding.kind] } }
    Self.say(
      String(
        format: "all together, the errors: %.3f %.3f %.3f",
        CalibrationFitter.error(of: known, under: findings.flatMap { _ in withoutQuarter }),
        CalibrationFitter.error(of: known, under: others), CalibrationFitter.error(of: unknown, under: others)))
    Self.say(
      String(
        format: "products and works, their other quarters known: %.3f",
        CalibrationFitter.error(of: known, areOthers: true, under: findings.flatMap { _ in withoutQuarter })))
  }

  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  /// What a model found in a quarter of a corpus.
  private struct Judgement {
    var names = CalibrationFitter()
    /// Products and works, where they are marked as such: only there is it known how often they are right.
    var others = CalibrationFitter()
    var counts = EntityEvaluation.Counts()
  }

  private func judge(_ part: Corpus.Part, _ quarter: Int, _ model: [UInt8]) -> Judgement {
    model.withUnsafeBytes { bytes in
      var tagger = EntityTagger(model: EntityModel(bytes))
      var judgement = Judgement()
      for sentence in part.sentences[Self.quarter(quarter, of: part.sentences.count)] {
        let (bytes, words) = AnnotatedSentence(words: sentence.words).text
        var right = 0
        for name in tagger.names(words[...], of: bytes) {
          if name.tag == .other {
            let type = EntityKinds.type(of: name, forms: tagger.forms)?.name
            guard sentence.marksProducts, let type, type == "product" || type == "work" else { continue }
            judgement.others.add(name.seen, isRight: sentence.marks(name.tokens, as: type))
            continue
          }
          let isRight = sentence.names.contains { $0.words == name.tokens && $0.tag == name.tag }
          judgement.names.add(name.seen, isRight: isRight)
          if isRight { right += 1 } else { judgement.counts.spurious += 1 }
        }
        judgement.counts.right += right
        judgement.counts.missed += sentence.names.count { $0.tag != .other } - right
      }
      return judgement
    }
  }
}
