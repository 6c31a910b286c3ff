/// Holds an extractor's names against marked ones: precision, recall and F1 by type, where a name is right only when its
/// first and last word and its type are, and how true its confidences are.
public struct EntityEvaluation: Sendable {
  public struct Counts: Sendable {
    public var right = 0
    /// Found but not marked so.
    public var spurious = 0
    /// Marked but not found so.
    public var missed = 0

    public init() {}

    public var precision: Double { right == 0 ? 0 : Double(right) / Double(right + spurious) }
    public var recall: Double { right == 0 ? 0 : Double(right) / Double(right + missed) }
    public var f1: Double { right == 0 ? 0 : 2 * Double(right) / Double(2 * right + spurious + missed) }
  }

  /// What was said with a confidence of one tenth.
  public struct Tenth: Sendable {
    public var count = 0
    public var right = 0
    /// The sum of the confidences.
    public var stated = 0.0

    public init() {}
  }

  /// How the text is given to the extractor.
  public enum Mode: Sendable {
    /// The words as the file cuts them, with the model alone: what annotated corpora are compared by.
    case words
    /// The words joined by spaces, through the whole extractor.
    case text
  }

  /// By type: `person`, `location`, `organization`, and the others where the file marks any.
  public private(set) var types: [String: Counts] = [:]
  public private(set) var tenths = Array(repeating: Tenth(), count: 10)
  public private(set) var sentenceCount = 0
  /// Sentences of which every name was found and nothing else.
  public private(set) var rightSentences = 0
  public private(set) var wordCount = 0

  private let extractor: OfflineExtractor
  private let mode: Mode
  private var tagger: EntityTagger

  public init(_ extractor: OfflineExtractor, mode: Mode = .words) {
    self.extractor = extractor
    self.mode = mode
    tagger = EntityTagger()
  }

  package init(_ extractor: OfflineExtractor, tagger: EntityTagger) {
    self.extractor = extractor
    self.tagger = tagger
    mode = .words
  }

  /// The types that every file marks, and that ``overall`` is about.
  public static let common = ["person", "location", "organization"]

  /// Persons, locations and organisations together.
  public var overall: Counts {
    var total = Counts()
    for type in Self.common {
      let counts = types[type] ?? Counts()
      total.right += counts.right
      total.spurious += counts.spurious
      total.missed += counts.missed
    }
    return total
  }

  /// The expected calibration error: how far confidence and precision lie apart in the tenths, by their share.
  public var calibrationError: Double {
    let count = tenths.reduce(0) { $0 + $1.count }
    guard count > 0 else { return 0 }
    return tenths.reduce(0) { $0 + abs($1.stated - Double($1.right)) } / Double(count)
  }

  private struct Name: Hashable {
    var start: Int
    var end: Int
    var type: String
  }

  private static func type(_ kind: String) -> String? {
    switch kind.uppercased() {
    case "PER", "PERSON": "person"
    case "LOC", "GPE", "LOCATION": "location"
    case "ORG", "ORGANIZATION", "CORPORATION", "GROUP": "organization"
    case "PRODUCT": "product"
    case "WORK", "CREATIVE-WORK": "work"
    case "EVENT": "event"
    default: nil
    }
  }

  /// Reads a file. Types beyond the common three are judged where the file marks them.
  public mutating func add(_ sentences: [AnnotatedSentence]) {
    let marked = Set(sentences.flatMap { $0.names.compactMap { Self.type($0.kind) } }).union(Self.common)
    for sentence in sentences { add(sentence, judging: marked) }
  }

  private mutating func add(_ sentence: AnnotatedSentence, judging marked: Set<String>) {
    let (bytes, words) = sentence.text
    let expected = Set(
      sentence.names.compactMap { name in
        Self.type(name.kind).map {
          Name(
            start: words[name.words.lowerBound].lowerBound, end: words[name.words.upperBound - 1].upperBound, type: $0)
        }
      })
    var found: [(Name, Double)] = []
    switch mode {
    case .words:
      for name in tagger.names(words[...], of: bytes) {
        let type = EntityKinds.type(of: name, forms: tagger.forms)
        guard let type, marked.contains(type.name) else { continue }
        found.append(
          (
            Name(
              start: words[name.tokens.lowerBound].lowerBound, end: words[name.tokens.upperBound - 1].upperBound,
              type: type.name), name.confidence
          ))
      }
    case .text:
      let read = extractor.read(String(decoding: bytes, as: UTF8.self), at: nil)
      for entity in read.entities where marked.contains(entity.type) {
        found.append((Name(start: entity.start, end: entity.end, type: entity.type), entity.confidence))
      }
    }
    sentenceCount += 1
    wordCount += words.count
    for (name, confidence) in found {
      let isRight = expected.contains(name)
      if isRight {
        types[name.type, default: Counts()].right += 1
      } else {
        types[name.type, default: Counts()].spurious += 1
      }
      let tenth = min(9, max(0, Int(confidence * 10)))
      tenths[tenth].count += 1
      tenths[tenth].stated += confidence
      if isRight { tenths[tenth].right += 1 }
    }
    let names = Set(found.map(\.0))
    for name in expected where !names.contains(name) { types[name.type, default: Counts()].missed += 1 }
    if names == expected { rightSentences += 1 }
  }
}
