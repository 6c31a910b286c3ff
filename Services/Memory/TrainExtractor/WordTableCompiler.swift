import Extraction
import Foundation

/// Compiles the table of words from the lexemes of the Python package `spacy-lookups-data` (MIT): the probability and
/// the Brown class of each word of a large collection of English text.
enum WordTableCompiler {
  struct FormatError: Error, CustomStringConvertible {
    var description: String { "needs en_lexeme_cluster.json and en_lexeme_prob.json, unpacked" }
  }

  private static let slots = 1 << 17
  private static let mostWords = 105_000
  private static let unknown = -20.5

  private struct Word {
    var small = unknown
    var title = unknown
    var capitals = unknown
    var titleClass = 0
    var smallClass = 0
    var best: Double { max(small, title, capitals) }
  }

  static func compile(_ folder: URL) throws -> [UInt8] {
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
      var forms = SentenceForms(lists: .embedded, words: .embedded)
      let bytes = Array(text.utf8)
      forms.read([0..<bytes.count], of: bytes)
      guard word.best > unknown, !forms.isSign(0), folded[forms.hash(0)] == nil else { continue }
      folded[forms.hash(0)] = word
    }
    let kept = folded.sorted {
      (rank($1.value), $0.key) < (rank($0.value), $1.key)
    }.prefix(mostWords)
    return WordTable.serialized(kept.map { ($0.key, bits($0.value)) }, slots: slots)
  }

  /// A word with a class says more than one that is merely counted.
  private static func rank(_ word: Word) -> Double {
    word.best + (word.smallClass + word.titleClass > 0 ? 3 : 0)
  }

  private static func bits(_ word: Word) -> UInt32 {
    UInt32(word.titleClass) | UInt32(word.smallClass) << 10 | casing(word) << 20 | frequency(word) << 24
  }

  /// From 1, always small, to 7, always with a capital; 8 and 9 for words that are mostly in capitals throughout.
  private static func casing(_ word: Word) -> UInt32 {
    if word.capitals > word.title, word.capitals > word.small {
      return word.capitals - max(word.title, word.small) > 1 ? 9 : 8
    }
    let lead = word.title - word.small
    let limits = [-5, -3, -1.5, -0.3, 1, 2.5]
    return UInt32(1 + limits.filter { lead >= $0 }.count)
  }

  private static func frequency(_ word: Word) -> UInt32 {
    UInt32(1 + min(12, max(0, (word.best + 20) / 1.3)))
  }
}
