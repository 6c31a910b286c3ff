import Extraction
import Foundation

/// Compiles the table of words from the lexemes of the Python package `spacy-lookups-data` (MIT), the probability and
/// the Brown class of each word of a large collection of English text, and from the Brown classes of words in tweets
/// that TweetNLP (Apache 2.0) has: a path, a word and how often it was seen, a line.
enum WordTableCompiler {
  struct FormatError: Error, CustomStringConvertible {
    var description: String {
      "needs en_lexeme_cluster.json and en_lexeme_prob.json, unpacked, and the classes in tweets"
    }
  }

  private static let slots = 1 << 17
  private static let mostWords = 105_000
  private static let unknown = -20.5
  /// How often a word must have been seen in tweets for its class there, and to be in the table for that alone.
  private static let leastUses = 15
  private static let leastUsesAlone = 40

  private struct Word {
    var small = unknown
    var title = unknown
    var capitals = unknown
    var titleClass = 0
    var smallClass = 0
    var best: Double { max(small, title, capitals) }
  }

  static func compile(_ folder: URL, messages: URL) throws -> [UInt8] {
    func table(_ name: String) throws -> [String: NSNumber] {
      let data = try Data(contentsOf: folder.appending(path: name))
      guard let table = try JSONSerialization.jsonObject(with: data) as? [String: NSNumber] else { throw FormatError() }
      return table
    }
    let clusters = try table("en_lexeme_cluster.json")
    let classes = Dictionary(
      uniqueKeysWithValues: Set(clusters.values.map(\.intValue)).subtracting([0]).sorted().enumerated().map {
        ($1, $0 + 1)
      })
    var words: [String: Word] = [:]
    for (text, probability) in try table("en_lexeme_prob.json") where text.utf8.count <= 32 {
      let small = text.lowercased()
      let classNumber = clusters[text].flatMap { classes[$0.intValue] } ?? 0
      var word = words[small] ?? Word()
      let value = probability.doubleValue
      if text == small {
        word.small = value
        word.smallClass = classNumber
      } else if text == small.prefix(1).uppercased() + small.dropFirst() {
        word.title = value
        word.titleClass = classNumber
      } else if text == small.uppercased() {
        word.capitals = value
      }
      words[small] = word
    }
    var folded: [UInt64: Word] = [:]
    // What folds to the same word counts once: the most frequent, of equals the first by its letters.
    for (text, word) in words.sorted(by: { ($1.value.best, $0.key) < ($0.value.best, $1.key) }) {
      guard word.best > unknown, let hash = hash(of: text), folded[hash] == nil else { continue }
      folded[hash] = word
    }
    var kept = folded.sorted {
      (rank($1.value), $0.key) < (rank($0.value), $1.key)
    }.prefix(mostWords).map { (hash: $0.key, bits: bits($0.value)) }
    let inMessages = try messageWords(messages)
    let paths = Set(inMessages.values.map(\.path)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, UInt64($0 + 1) << 28) })
    for index in kept.indices {
      if let word = inMessages[kept[index].hash], let number = numbers[word.path] { kept[index].bits |= number }
    }
    let known = Set(kept.map(\.hash))
    kept += inMessages.filter { !known.contains($0.key) && $0.value.uses >= leastUsesAlone && !$0.value.isForeign }
      .sorted { ($1.value.uses, $0.key) < ($0.value.uses, $1.key) }
      .map { ($0.key, numbers[$0.value.path] ?? 0) }
    return WordTable.serialized(kept, messagePaths: paths, slots: slots)
  }

  /// The hash by which the extractor looks a word up; nil for signs.
  private static func hash(of word: String) -> UInt64? {
    var forms = SentenceForms(lists: .embedded, words: .embedded)
    let bytes = Array(word.utf8)
    forms.read([0..<bytes.count], of: bytes)
    return forms.isSign(0) ? nil : forms.hash(0)
  }

  private struct MessageWord {
    var path: UInt32
    var uses: Int
    /// The class of what other languages have.
    var isForeign: Bool
  }

  /// Of words that fold alike, the most frequent one.
  private static func messageWords(_ file: URL) throws -> [UInt64: MessageWord] {
    var words: [UInt64: MessageWord] = [:]
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 3, let path = UInt32("1" + fields[0], radix: 2), let uses = Int(fields[2]) else {
        throw FormatError()
      }
      // "<@MENTION>" and the like stand for what the extractor sees as such.
      guard uses >= leastUses, !fields[1].hasPrefix("<"), let hash = hash(of: String(fields[1])),
        uses > words[hash]?.uses ?? 0
      else { continue }
      words[hash] = MessageWord(path: path, uses: uses, isForeign: !fields[0].contains("1"))
    }
    return words
  }

  /// A word with a class says more than one that is merely counted.
  private static func rank(_ word: Word) -> Double {
    word.best + (word.smallClass + word.titleClass > 0 ? 3 : 0)
  }

  private static func bits(_ word: Word) -> UInt64 {
    UInt64(word.titleClass) | UInt64(word.smallClass) << 10 | casing(word) << 20 | frequency(word) << 24
  }

  /// From 1, always small, to 7, always with a capital; 8 and 9 for words that are mostly in capitals throughout.
  private static func casing(_ word: Word) -> UInt64 {
    if word.capitals > word.title, word.capitals > word.small {
      return word.capitals - max(word.title, word.small) > 1 ? 9 : 8
    }
    let lead = word.title - word.small
    let limits = [-5, -3, -1.5, -0.3, 1, 2.5]
    return UInt64(1 + limits.filter { lead >= $0 }.count)
  }

  private static func frequency(_ word: Word) -> UInt64 {
    UInt64(1 + min(12, max(0, (word.best + 20) / 1.3)))
  }
}
