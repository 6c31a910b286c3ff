import Extraction

/// A sentence with the tags that each of its words may have: one where the corpus says which, more where it does not
/// mark what might be there.
struct TrainingSentence {
  var words: [String]
  var tags: [EntityTag]
  /// A bit for each tag.
  var allowed: [UInt8]

  /// Whether names beyond people, places and organisations are marked, and whether as products and works.
  var marksOthers = true
  var marksProducts = false
  /// Sentences that stand near each other in their corpus have the same number.
  var block = 0
  /// As the corpus has them; empty where it does not matter.
  private var labels: [String] = []

  init(words: [String] = [], tags: [EntityTag] = [], allowed: [UInt8] = []) {
    self.words = words
    self.tags = tags
    self.allowed = allowed
  }

  /// - Parameter marksOthers: Whether the corpus marks names beyond people, places and organisations. Where it does not,
  ///   an unmarked word may be part of one.
  init(_ sentence: AnnotatedSentence, marksOthers: Bool, marksProducts: Bool) {
    words = sentence.words
    labels = sentence.labels
    self.marksProducts = marksProducts
    self.marksOthers = marksOthers
    tags = sentence.labels.map { EntityTag(label: $0) }
    allowed = tags.map { $0 == .outside && !marksOthers ? 1 | 1 << EntityTag.other.rawValue : 1 << $0.rawValue }
  }

  /// Whether a run of words is marked as a product or a work.
  func marks(_ words: Range<Int>, as type: String) -> Bool {
    guard labels.count == self.words.count, let first = words.first else { return false }
    let kind = type.uppercased()
    return labels[first] == "B-" + kind && words.dropFirst().allSatisfy { labels[$0] == "I-" + kind }
      && (words.upperBound == labels.count || labels[words.upperBound] != "I-" + kind)
  }

  mutating func append(_ word: String, _ tag: EntityTag, allowed mask: UInt8) {
    words.append(word)
    tags.append(tag)
    allowed.append(mask)
  }

  /// The marked names as runs of words.
  var names: [(words: Range<Int>, tag: EntityTag)] {
    var names: [(words: Range<Int>, tag: EntityTag)] = []
    var index = 0
    while index < tags.count {
      guard let inside = tags[index].continuation else {
        index += 1
        continue
      }
      var end = index + 1
      while end < tags.count, tags[end] == inside { end += 1 }
      names.append((index..<end, tags[index]))
      index = end
    }
    return names
  }

  /// The sentence without what has neither letters nor digits, unless it is part of a name.
  var withoutSigns: TrainingSentence {
    var bare = TrainingSentence()
    for (index, word) in words.enumerated()
    where tags[index] != .outside || word.contains(where: { $0.isLetter || $0.isNumber }) {
      bare.append(word, tags[index], allowed: allowed[index])
    }
    return bare
  }

  func mapWords(_ transform: (String) -> String) -> TrainingSentence {
    var copy = self
    copy.words = words.map(transform)
    return copy
  }
}
