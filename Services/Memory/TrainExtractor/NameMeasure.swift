import Dispatch
import Extraction
import Foundation
import Synchronization

/// `train-extractor measure-names CORPORA`: what models that have not seen a quarter of each corpus find in it, beside a
/// baseline that has not either; in other writings of the same sentences; and with known names.
///
/// Each quarter has several models, which differ by the numbers that chance was drawn from: what one of them reaches is half
/// a point off now and then. All count. It fails when the model is not well above the baseline.
struct NameMeasure {
  /// How far, in points of F1: five were asked for, and half a point is chance.
  private static let leastGain = 4.5
  private static let seeds: [UInt64] = [1, 2, 3]

  struct Shortfall: Error, CustomStringConvertible {
    var description: String { "a kind of text is less than \(NameMeasure.leastGain) points above the baseline" }
  }

  private let training: EntityTraining
  /// By quarter.
  private let models: [[[UInt8]]]

  static func run(_ arguments: [String]) throws {
    let corpora = URL(fileURLWithPath: arguments.first ?? "../shared/corpora")
    let measure = NameMeasure(EntityTraining(try Corpus(folder: corpora)))
    let least = measure.compareWithBaseline()
    measure.compareWritings()
    measure.compareKnownNames()
    guard least >= leastGain else { throw Shortfall() }
  }

  private init(_ training: EntityTraining) {
    self.training = training
    let made = Self.concurrently(EntityTraining.quarters * Self.seeds.count) { index in
      // Which names are found does not hang on the confidences; those that a known name needs are near the shipped ones.
      let (quarter, seed) = index.quotientAndRemainder(dividingBy: Self.seeds.count)
      return training.train(training.sentences(without: .quarter(quarter)), seed: Self.seeds[seed])
        .serialized(EntityModel.embedded.calibration)
    }
    models = (0..<EntityTraining.quarters).map { Array(made[$0 * Self.seeds.count..<($0 + 1) * Self.seeds.count]) }
  }

  private static func concurrently<Value: Sendable>(
    _ count: Int, _ make: @Sendable (Int) -> Value
  ) -> [Value] {
    let made = Mutex([Int: Value]())
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let value = make(index)
      made.withLock { $0[index] = value }
    }
    return made.withLock { made in (0..<count).compactMap { made[$0] } }
  }

  /// Prints what the model that is shipped finds in annotated texts, beside a baseline that has learned from the same
  /// corpora.
  ///
  /// - Throws: For a file that cannot be read, or is not annotated as the corpora are.
  static func compare(_ corpora: String, files: [String]) throws {
    let corpus = try Corpus(folder: URL(fileURLWithPath: corpora))
    let baseline = BaselinePerceptron(parts(of: corpus).flatMap { $0.sentences.map(withoutOthers) })
    print("F1 of people, places and organisations")
    printHead()
    for file in files {
      let sentences = try Corpus.annotatedSentences(of: URL(fileURLWithPath: file)).map {
        TrainingSentence($0, marksOthers: false, marksProducts: false)
      }
      print(count(sentences, baseline), count(sentences, .embedded), file)
    }
  }

  /// Re-DocRED is only learned from.
  private static func parts(of corpus: Corpus) -> [Corpus.Part] { corpus.parts.filter { $0.name != "redocred" } }

  private var parts: [Corpus.Part] { Self.parts(of: training.corpus) }

  private static let families = [("tweets", ["btc", "wnut17"]), ("Wikipedia", ["wikigold"]), ("news", ["gum-news"])]

  private func held(_ part: Corpus.Part, _ quarter: Int) -> ArraySlice<TrainingSentence> {
    part.sentences[EntityTraining.quarter(quarter, of: part.sentences.count)]
  }

  /// What the baseline learns from: it knows three kinds of names, and no texts besides the annotated corpora.
  private func others(_ part: Corpus.Part, _ quarter: Int) -> [TrainingSentence] {
    let held = EntityTraining.quarter(quarter, of: part.sentences.count)
    return part.sentences.enumerated().filter { !held.contains($0.offset) }.map { Self.withoutOthers($0.element) }
  }

  private static func withoutOthers(_ sentence: TrainingSentence) -> TrainingSentence {
    var sentence = sentence
    sentence.tags = sentence.tags.map { $0 == .other ? .outside : $0 }
    return sentence
  }

  private static func print(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  // MARK: Beside the baseline

  /// - Returns: The least that a family of corpora is above the baseline.
  private func compareWithBaseline() -> Double {
    let baselines = Self.concurrently(EntityTraining.quarters) { quarter in
      BaselinePerceptron(parts.flatMap { part in others(part, quarter) })
    }
    Self.print("F1 of people, places and organisations in quarters that were not learned from")
    Self.printHead()
    var gains: [String: Double] = [:]
    for part in parts {
      var (base, ours) = (EntityEvaluation.Counts(), EntityEvaluation.Counts())
      for quarter in 0..<EntityTraining.quarters {
        base.add(Self.count(held(part, quarter), baselines[quarter]))
        for model in models[quarter] { ours.add(count(held(part, quarter), model)) }
      }
      gains[part.name] = 100 * (ours.f1 - base.f1)
      Self.print(base, ours, part.name)
    }
    return Self.families.map { family, prefixes in
      let values = gains.filter { gain in prefixes.contains { gain.key.hasPrefix($0) } }.values.sorted()
      let mean = values.reduce(0, +) / Double(values.count)
      Self.print(String(format: "%@: %+.1f, the mean of its corpora", family, mean))
      return mean
    }.min() ?? 0
  }

  private struct Name: Hashable {
    var words: Range<Int>
    var tag: EntityTag
  }

  private static func names(_ names: [(words: Range<Int>, tag: EntityTag)]) -> Set<AnyHashable> {
    Set(names.filter { $0.tag != .other }.map { Name(words: $0.words, tag: $0.tag) })
  }

  private func count(_ sentences: some Sequence<TrainingSentence>, _ model: [UInt8]) -> EntityEvaluation.Counts {
    model.withUnsafeBytes { Self.count(sentences, EntityModel($0)) }
  }

  /// What a model finds, with the words as the corpus cuts them.
  private static func count(
    _ sentences: some Sequence<TrainingSentence>, _ model: EntityModel
  ) -> EntityEvaluation.Counts {
    var tagger = EntityTagger(model: model)
    var counts = EntityEvaluation.Counts()
    for sentence in sentences {
      let (bytes, words) = AnnotatedSentence(words: sentence.words).text
      let found = tagger.names(words[...], of: bytes).map { (words: $0.tokens, tag: $0.tag) }
      counts.add(names(found), expecting: names(sentence.names))
    }
    return counts
  }

  private static func count(
    _ sentences: some Sequence<TrainingSentence>, _ baseline: BaselinePerceptron
  ) -> EntityEvaluation.Counts {
    var counts = EntityEvaluation.Counts()
    for sentence in sentences {
      counts.add(names(baseline.names(in: sentence.words)), expecting: names(sentence.names))
    }
    return counts
  }

  private static func printHead() { print("baseline  model") }

  private static func print(_ base: EntityEvaluation.Counts, _ ours: EntityEvaluation.Counts, _ texts: String) {
    print(
      String(format: "%8.1f %6.1f  %+5.1f  %@", 100 * base.f1, 100 * ours.f1, 100 * (ours.f1 - base.f1), texts))
  }

  // MARK: Other writings

  private func compareWritings() {
    let writings: [(String, (TrainingSentence) -> TrainingSentence)] = [
      ("as they are", { $0 }), ("in small letters", { $0.mapWords { $0.lowercased() } }),
      ("in capitals", { $0.mapWords { $0.uppercased() } }), ("without punctuation", { $0.withoutSigns }),
      ("in small letters without punctuation", { $0.withoutSigns.mapWords { $0.lowercased() } }),
    ]
    Self.print("F1 over all corpora's names, the sentences")
    for (name, write) in writings {
      var counts = EntityEvaluation.Counts()
      for part in parts {
        for quarter in 0..<EntityTraining.quarters {
          let written = held(part, quarter).map(write).filter { !$0.words.isEmpty }
          for model in models[quarter] { counts.add(count(written, model)) }
        }
      }
      Self.print(String(format: "  %@: %.1f", name, 100 * counts.f1))
    }
  }

  // MARK: Known names

  /// The names that a corpus has twice or more stand for what a graph has confirmed.
  private func compareKnownNames() {
    let writings: [(String, (String) -> String)] = [("in small letters", { $0.lowercased() }), ("as they are", { $0 })]
    for (name, write) in writings {
      var (marked, before, after) = (0, EntityEvaluation.Counts(), EntityEvaluation.Counts())
      var (gained, lost, added, removed) = (0, 0, 0, 0)
      for part in parts {
        let known = KnownNames(seen: NameList(Self.frequentNames(of: part)))
        for quarter in 0..<EntityTraining.quarters {
          models[quarter][0].withUnsafeBytes { bytes in
            let extractor = OfflineExtractor(taggers: TaggerStock(model: EntityModel(bytes)))
            for sentence in held(part, quarter).map({ $0.mapWords(write) }) {
              let (text, expected) = Self.marked(sentence)
              let alone = Self.found(extractor.read(text, at: nil))
              let aided = Self.found(extractor.read(text, at: nil, knowing: known))
              marked += expected.count
              before.add(alone, expecting: expected)
              after.add(aided, expecting: expected)
              gained += aided.subtracting(alone).intersection(expected).count
              lost += alone.subtracting(aided).intersection(expected).count
              added += aided.subtracting(alone).subtracting(expected).count
              removed += alone.subtracting(aided).subtracting(expected).count
            }
          }
        }
      }
      Self.print(
        String(
          format: "known names, texts %@: of %d names %d right without them, F1 %.1f; with them %d more and %d fewer "
            + "right, %d more and %d fewer wrong, F1 %.1f",
          name, marked, before.right, 100 * before.f1, gained, lost, added, removed, 100 * after.f1))
    }
  }

  private static func frequentNames(of part: Corpus.Part) -> [NameList.Entry] {
    var counts: [NameList.Entry: Int] = [:]
    for sentence in part.sentences {
      for name in sentence.names {
        guard let type = type(of: name.tag) else { continue }
        counts[NameList.Entry(name: sentence.words[name.words].joined(separator: " "), type: type), default: 0] += 1
      }
    }
    return counts.filter { $0.value > 1 }.map(\.key).sorted { ($0.name, $0.type) < ($1.name, $1.type) }
  }

  private static func type(of tag: EntityTag) -> String? {
    switch tag {
    case .beginsPerson, .insidePerson: "person"
    case .beginsLocation, .insideLocation: "location"
    case .beginsOrganization, .insideOrganization: "organization"
    case .outside, .other: nil
    }
  }

  private struct Place: Hashable {
    var start: Int
    var end: Int
    var type: String
  }

  /// A sentence as a text, and where its names are in it.
  private static func marked(_ sentence: TrainingSentence) -> (String, Set<AnyHashable>) {
    let (bytes, words) = AnnotatedSentence(words: sentence.words).text
    let names = sentence.names.compactMap { name in
      type(of: name.tag).map {
        Place(
          start: words[name.words.lowerBound].lowerBound, end: words[name.words.upperBound - 1].upperBound, type: $0)
      }
    }
    return (String(decoding: bytes, as: UTF8.self), Set(names))
  }

  private static func found(_ extraction: Extraction) -> Set<AnyHashable> {
    Set(
      extraction.entities.filter { EntityEvaluation.common.contains($0.type) }
        .map { Place(start: $0.start, end: $0.end, type: $0.type) })
  }
}

extension EntityEvaluation.Counts {
  fileprivate mutating func add(_ found: Set<AnyHashable>, expecting expected: Set<AnyHashable>) {
    let both = found.intersection(expected).count
    add(right: both, spurious: found.count - both, missed: expected.count - both)
  }

  mutating func add(_ other: EntityEvaluation.Counts) {
    add(right: other.right, spurious: other.spurious, missed: other.missed)
  }

  private mutating func add(right: Int, spurious: Int, missed: Int) {
    self.right += right
    self.spurious += spurious
    self.missed += missed
  }
}
