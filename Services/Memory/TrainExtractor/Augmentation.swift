import Extraction

/// Makes further sentences of the annotated ones: without capitals, in capitals, without punctuation, and with other
/// names in the place of the marked ones, so that the model learns from what stands around a name.
struct Augmentation {
  private static let otherNames = 0.5
  private static let listedNames = 0.4
  private static let small = 0.15
  private static let capitals = 0.05
  private static let bare = 0.10

  private let corpus: Corpus
  private var random: SplitMix
  /// The names of the sentences by kind.
  private var pools: [EntityTag: [[String]]] = [:]

  init(_ corpus: Corpus, sentences: [TrainingSentence], seed: UInt64) {
    self.corpus = corpus
    random = SplitMix(seed: seed)
    for sentence in sentences {
      for name in sentence.names where name.tag != .other {
        pools[name.tag, default: []].append(Array(sentence.words[name.words]))
      }
    }
  }

  mutating func sentences(from sentence: TrainingSentence) -> [TrainingSentence] {
    var sentences = [sentence]
    if random.share() < Self.otherNames, let other = withOtherNames(sentence) { sentences.append(other) }
    let choice = random.share()
    if choice < Self.small {
      sentences.append(sentence.mapWords { $0.lowercased() })
    } else if choice < Self.small + Self.capitals {
      sentences.append(sentence.mapWords { $0.uppercased() })
    } else if choice < Self.small + Self.capitals + Self.bare {
      var bare = sentence.withoutSigns
      if random.share() < 0.5 { bare = bare.mapWords { $0.lowercased() } }
      if !bare.words.isEmpty { sentences.append(bare) }
    }
    return sentences
  }

  private mutating func withOtherNames(_ sentence: TrainingSentence) -> TrainingSentence? {
    let names = sentence.names.filter { $0.tag != .other }
    guard !names.isEmpty else { return nil }
    var result = TrainingSentence()
    var index = 0
    for name in names {
      for place in index..<name.words.lowerBound {
        result.append(sentence.words[place], sentence.tags[place], allowed: sentence.allowed[place])
      }
      let isSmall = sentence.words[name.words.lowerBound].first.map { $0.isLowercase } ?? false
      let words = otherName(for: name.tag, count: name.words.count)
      for (place, word) in words.enumerated() {
        let tag = place == 0 ? name.tag : name.tag.continuation ?? name.tag
        result.append(isSmall ? word.lowercased() : word, tag, allowed: 1 << tag.rawValue)
      }
      index = name.words.upperBound
    }
    for place in index..<sentence.words.count {
      result.append(sentence.words[place], sentence.tags[place], allowed: sentence.allowed[place])
    }
    return result
  }

  private mutating func otherName(for tag: EntityTag, count: Int) -> [String] {
    if random.share() < Self.listedNames {
      switch tag {
      case .beginsPerson:
        if count > 1 { return [pick(corpus.givenNames), pick(corpus.surnames)] }
        return [random.share() < 0.6 ? pick(corpus.givenNames) : pick(corpus.surnames)]
      case .beginsLocation: return pick(corpus.cities)
      default: return pick(corpus.companies)
      }
    }
    return pick(pools[tag] ?? corpus.companies)
  }

  private mutating func pick<Element>(_ list: [Element]) -> Element { list[random.index(below: list.count)] }
}
