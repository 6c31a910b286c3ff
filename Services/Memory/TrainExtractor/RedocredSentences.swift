import Extraction
import Foundation

/// Sentences of Re-DocRED, brought to how the other corpora mark names: articles stand outside, and the adjectives of
/// places are names of another kind.
enum RedocredSentences {
  struct FormatError: Error, CustomStringConvertible {
    var description: String { "redocred: not a list of documents with sents and vertexSet" }
  }

  static func read(_ file: URL) throws -> [TrainingSentence] {
    guard let documents = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]] else {
      throw FormatError()
    }
    let lists = NameLists.embedded
    var sentences: [TrainingSentence] = []
    for document in documents {
      guard let texts = document["sents"] as? [[String]], let entities = document["vertexSet"] as? [[[String: Any]]]
      else { throw FormatError() }
      var marked = texts.map { words in
        TrainingSentence(
          words: words, tags: Array(repeating: .outside, count: words.count),
          allowed: Array(repeating: 1, count: words.count))
      }
      // Longer mentions first: of two that overlap the longer one stands.
      let mentions = entities.joined().compactMap { mention -> (sentence: Int, words: Range<Int>, kind: String)? in
        guard let sentence = mention["sent_id"] as? Int, let place = mention["pos"] as? [Int], place.count == 2,
          let kind = mention["type"] as? String, place[0] < place[1]
        else { return nil }
        return (sentence, place[0]..<place[1], kind)
      }.sorted {
        ($1.words.count, $0.sentence, $0.words.lowerBound, $0.kind)
          < ($0.words.count, $1.sentence, $1.words.lowerBound, $1.kind)
      }
      for mention in mentions where mention.kind != "TIME" && mention.kind != "NUM" {
        mark(mention.words, mention.kind, in: &marked[mention.sentence], lists)
      }
      for sentence in marked {
        var clean = TrainingSentence()
        for (index, word) in sentence.words.enumerated() {
          let trimmed = word.filter { !$0.isWhitespace }
          if !trimmed.isEmpty { clean.append(trimmed, sentence.tags[index], allowed: sentence.allowed[index]) }
        }
        if !clean.words.isEmpty { sentences.append(clean) }
      }
    }
    return sentences
  }

  private static func mark(
    _ words: Range<Int>, _ kind: String, in sentence: inout TrainingSentence, _ lists: NameLists
  ) {
    guard words.upperBound <= sentence.tags.count, words.allSatisfy({ sentence.tags[$0] == .outside }) else { return }
    var words = words
    if words.count > 1, sentence.words[words.lowerBound].lowercased() == "the" { words.removeFirst() }
    var begin = EntityTag(label: "B-" + kind)
    if begin == .beginsLocation, words.count == 1, isAdjective(sentence.words[words.lowerBound], lists) {
      begin = .other
      sentence.allowed[words.lowerBound] = 1
    }
    for index in words {
      let tag = index == words.lowerBound ? begin : begin.continuation ?? begin
      sentence.tags[index] = tag
      sentence.allowed[index] |= 1 << tag.rawValue
      if begin != .other || words.count > 1 || kind != "LOC" { sentence.allowed[index] = 1 << tag.rawValue }
    }
  }

  /// "German", "Swedish": marked as places there.
  private static func isAdjective(_ word: String, _ lists: NameLists) -> Bool {
    let endings = ["an", "ese", "ish", "ch", "ic", "i", "ans", "man"]
    let folded = word.lowercased()
    guard endings.contains(where: { folded.hasSuffix($0) && folded.count > $0.count + 2 }) else { return false }
    return lists.entry(of: word).map { $0.kinds.isDisjoint(with: [.city, .region, .country]) } ?? true
  }
}
