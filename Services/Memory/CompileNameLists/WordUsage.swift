import Extraction

/// Which words annotated texts write small rather than in names: a token and its label (`B-PER`, `I-PER`, `O`) a line, a
/// blank line between sentences.
struct WordUsage {
  private var lowerCase: [String: Int] = [:]
  private var inNames: [String: Int] = [:]

  /// How often a use must be seen to be more than a slip of whoever annotated.
  private static let enough = 2

  mutating func read(_ text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "\t")
      guard parts.count == 2 else { continue }
      if parts[1] != "O" {
        inNames[parts[0].lowercased(), default: 0] += 1
      } else if parts[0].first?.isLowercase == true {
        lowerCase[String(parts[0]), default: 0] += 1
      }
    }
  }

  func add(to writer: inout NameListWriter) {
    for (word, count) in lowerCase where count >= Self.enough && count >= inNames[word, default: 0] {
      writer.add(word, .commonWord)
    }
  }
}
