/// A sentence whose names people have marked.
public struct AnnotatedSentence: Sendable {
  public var words: [String]
  /// `O`, or `B-` and `I-` with a kind: one for each word.
  public var labels: [String]

  public init(words: [String] = [], labels: [String] = []) {
    self.words = words
    self.labels = labels
  }

  /// A line that is neither empty nor a word, a tab and a label.
  public struct FormatError: Error, CustomStringConvertible {
    public let line: Int
    public var description: String { "line \(line): not a word, a tab and a label such as O, B-PER or I-PER" }
  }

  /// Reads a file of the corpora: a word, a tab and its label a line, a blank line between sentences.
  public static func sentences(of text: String) throws(FormatError) -> [AnnotatedSentence] {
    var sentences: [AnnotatedSentence] = []
    var sentence = AnnotatedSentence()
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      if line.isEmpty {
        if !sentence.words.isEmpty { sentences.append(sentence) }
        sentence = AnnotatedSentence()
        continue
      }
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty,
        parts[1] == "O" || (parts[1].hasPrefix("B-") || parts[1].hasPrefix("I-")) && parts[1].count > 2
      else { throw FormatError(line: number) }
      sentence.words.append(String(parts[0]))
      sentence.labels.append(String(parts[1]))
    }
    if !sentence.words.isEmpty { sentences.append(sentence) }
    return sentences
  }

  /// The words side by side with a space between them, and where each stands.
  package var text: (bytes: [UInt8], words: [Range<Int>]) {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for word in words {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
      let start = bytes.count
      bytes.append(contentsOf: word.utf8)
      ranges.append(start..<bytes.count)
    }
    return (bytes, ranges)
  }

  /// The marked names: runs of words with a kind as the labels say it.
  package var names: [(words: Range<Int>, kind: String)] {
    var names: [(words: Range<Int>, kind: String)] = []
    for (index, label) in labels.enumerated() where label != "O" {
      let kind = String(label.dropFirst(2))
      if label.hasPrefix("I-"), let last = names.last, last.words.upperBound == index, last.kind == kind {
        names[names.count - 1].words = last.words.lowerBound..<index + 1
      } else {
        names.append((index..<index + 1, kind))
      }
    }
    return names
  }
}
