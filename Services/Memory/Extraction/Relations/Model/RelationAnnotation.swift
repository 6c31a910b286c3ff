/// A document of Re-DocRED as the extractor would see it: its words written as people write them, tokenised by us, with
/// the annotated mentions in place of found ones.
struct RelationAnnotation {
  let document: RelationDocument
  private let annotated: RedocredDocument
  /// By entity of the document: its place among the annotated ones.
  let entityNumbers: [Int]
  private let labelsOf: [Int: [Int]]

  init(_ annotated: RedocredDocument) {
    self.annotated = annotated
    let typed = annotated.entities.map { mentions in
      mentions.lazy.compactMap { RelationEntityType(annotation: $0.type) }.first
    }
    var boundaries = annotated.sentences.map { _ in Set<Int>() }
    for mention in annotated.entities.joined() {
      boundaries[mention.sentence].formUnion([mention.words.lowerBound, mention.words.upperBound])
    }
    let (text, places) = Self.text(annotated.sentences, boundaries)
    var mentions: [Mention] = []
    var numberOf: [Int: Int] = [:]
    for (number, entity) in annotated.entities.enumerated() {
      guard let type = typed[number]?.mentionType else { continue }
      var canonical: Int?
      for mention in entity {
        let low = places[mention.sentence][mention.words.lowerBound].lowerBound
        let high = places[mention.sentence][mention.words.upperBound - 1].upperBound
        guard low < high else { continue }
        var found = Mention(
          low..<high, type, 0.9, possible: type == .work ? [.work, .product, .event] : EntityTypes(type))
        found.canonical = canonical ?? mentions.count
        canonical = found.canonical
        mentions.append(found)
      }
      if let canonical { numberOf[canonical] = number }
    }
    document = RelationDocument(text: text, mentions: mentions, lists: .embedded)
    entityNumbers = document.entities.map { numberOf[$0.canonical] ?? -1 }
    var labelsOf: [Int: [Int]] = [:]
    for fact in annotated.facts {
      guard let label = RelationLabel.all.firstIndex(where: { $0.identifier == fact.relation }) else { continue }
      labelsOf[fact.head << 20 | fact.tail, default: []].append(label)
    }
    self.labelsOf = labelsOf
  }

  /// The annotated labels of two entities of the document.
  func labels(_ source: Int, _ target: Int) -> [Int] {
    labelsOf[entityNumbers[source] << 20 | entityNumbers[target]] ?? []
  }

  func isWithinSentence(_ source: Int, _ target: Int) -> Bool {
    Self.isWithinSentence(annotated, entityNumbers[source], entityNumbers[target])
  }

  /// Whether some sentence has a mention of both entities, by the annotation's numbers.
  static func isWithinSentence(_ annotated: RedocredDocument, _ head: Int, _ tail: Int) -> Bool {
    let sentences = Set(annotated.entities[head].map(\.sentence))
    return annotated.entities[tail].contains { sentences.contains($0.sentence) }
  }

  var factsWithin: Int {
    annotated.facts.count { Self.isWithinSentence(annotated, $0.head, $0.tail) }
  }

  // MARK: Text

  /// Writes words with the spaces that people write, and finds the tokens that each became.
  private static func text(
    _ sentences: [[String]], _ boundaries: [Set<Int>]
  ) -> (text: TokenizedText, places: [[Range<Int>]]) {
    var string = ""
    var bytes: [[Range<Int>]] = []
    var starts: [Int] = []
    for (number, words) in sentences.enumerated() {
      if !string.isEmpty { string += " " }
      starts.append(string.utf8.count)
      var places: [Range<Int>] = []
      for (index, word) in words.enumerated() {
        if index > 0, isSpaced(words, index, boundaries[number]) { string += " " }
        let start = string.utf8.count
        string += word
        places.append(start..<string.utf8.count)
      }
      bytes.append(places)
    }
    var text = Tokenizer.tokenize(string, lists: .embedded)
    var ends: [Int] = []
    for start in starts.dropFirst() {
      ends.append(text.tokens.firstIndex { $0.start >= start } ?? text.tokens.count)
    }
    ends.append(text.tokens.count)
    var ranges: [Range<Int>] = []
    var low = 0
    for end in ends where end > low {
      for index in low..<end { text.tokens[index].sentence = Int32(ranges.count) }
      ranges.append(low..<end)
      low = end
    }
    text.sentences = ranges
    let places = bytes.map { words in
      words.map { word -> Range<Int> in
        let first = text.firstToken(endingAfter: word.lowerBound)
        var last = first
        while last < text.tokens.count, text.tokens[last].start < word.upperBound { last += 1 }
        return first..<last
      }
    }
    return (text, places)
  }

  private static let closing: Set<String> = [",", ".", ";", ":", "!", "?", ")", "'s", "’s", "n't", "%"]

  private static func isSpaced(_ words: [String], _ index: Int, _ boundaries: Set<Int>) -> Bool {
    if closing.contains(words[index]) || words[index - 1] == "(" { return false }
    // "co - wrote" is one word again, unless a mention ends at the hyphen.
    if words[index] == "-" {
      return boundaries.contains(index) || boundaries.contains(index + 1) || index + 1 >= words.count
    }
    if words[index - 1] == "-" { return boundaries.contains(index) || boundaries.contains(index - 1) || index < 2 }
    return true
  }
}

extension TokenizedText {
  /// The first token that ends after a byte offset.
  fileprivate func firstToken(endingAfter offset: Int) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].end > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
