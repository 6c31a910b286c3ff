import JSON

/// The texts that the demo feeds, and where they come from.
struct DemoSource: Sendable, Equatable {
  let texts: [String]
  /// For the line that says what is fed: `36 stories of wikinews.jsonl`.
  let name: String

  /// Texts that are shorter than this in a list of paragraphs are headlines and dates.
  private static let shortest = 80

  static let own = DemoSource(texts: DemoTexts.all, name: "the demo's own text")

  private init(texts: [String], name: String) {
    self.texts = texts
    self.name = name
  }

  /// - Parameters:
  ///   - path: JSON lines with `content`, `text` or `paragraphs`, or plain text with blank lines between paragraphs.
  ///   - limit: The most texts taken; every story gives its share of them.
  init(path: String, limit: Int) throws(CommandError) {
    let bytes = try InputFile.read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandError(.badInput, "\(path) is not UTF-8")
    }
    let isJSON = text.first { !$0.isWhitespace } == "{"
    let stories = isJSON ? try Self.stories(inLines: text, path: path) : [Self.paragraphs(of: text)]
    let filled = stories.filter { !$0.isEmpty }
    guard !filled.isEmpty else { throw CommandError(.badInput, "\(path) holds no text") }
    texts = Self.share(filled, limit: limit)
    let file = String(path.split(separator: "/").last ?? Substring(path))
    name = isJSON ? "\(Figures.count(filled.count, "story", "stories")) of \(file)" : file
  }

  private static func stories(inLines text: String, path: String) throws(CommandError) -> [[String]] {
    var stories: [[String]] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { !$0.isWhitespace }) else { continue }
      do throws(CommandError) {
        let record = try ImportRecord(line: index + 1, bytes: Array(line.utf8)[...])
        stories.append(paragraphs(of: record.content))
      } catch {
        throw CommandError(.badInput, "\(path): line \(index + 1): \(error.message)")
      }
    }
    return stories
  }

  private static func paragraphs(of text: String) -> [String] {
    var paragraphs = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        paragraphs.append("")
      } else {
        paragraphs[paragraphs.count - 1] += (paragraphs[paragraphs.count - 1].isEmpty ? "" : " ") + line
      }
    }
    let full = paragraphs.filter { !$0.isEmpty }
    return full.count > 1 ? full.filter { $0.utf8.count >= shortest } : full
  }

  /// As many of each story as its share, in the order of the file.
  private static func share(_ stories: [[String]], limit: Int) -> [String] {
    var taken = [Int](repeating: 0, count: stories.count)
    var left = limit
    var round = 0
    while left > 0, stories.contains(where: { $0.count > round }) {
      for (index, story) in stories.enumerated() where story.count > round && left > 0 {
        taken[index] += 1
        left -= 1
      }
      round += 1
    }
    return zip(stories, taken).flatMap { $0.prefix($1) }
  }
}
