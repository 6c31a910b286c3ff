/// Swift source as it grows, line by line, with its indentation.
struct SourceText {
  private(set) var text = ""
  private var depth = 0

  private static let width = 120

  mutating func line(_ line: String = "") {
    if !line.isEmpty { text += String(repeating: "  ", count: depth) + line }
    text += "\n"
  }

  /// A line that opens a block, the block's lines, and the closing brace.
  mutating func block(_ opening: String, _ body: (inout SourceText) -> Void) {
    line(opening + " {")
    indented(body)
    line("}")
  }

  mutating func indented(_ body: (inout SourceText) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  /// Paragraphs of a doc comment, wrapped to the width of the page.
  mutating func documentation(_ paragraphs: [String]) {
    for (index, paragraph) in paragraphs.enumerated() {
      if index > 0 { line("///") }
      wrap(paragraph.split(whereSeparator: \.isWhitespace).map(String.init), prefix: "/// ", continuation: "/// ")
    }
  }

  /// `- Parameter name:` entries and the like: items of a doc comment with a hanging indent.
  mutating func documentationItem(_ item: String, level: Int = 0) {
    let indent = String(repeating: "  ", count: level)
    wrap(
      item.split(whereSeparator: \.isWhitespace).map(String.init), prefix: "/// \(indent)- ",
      continuation: "/// \(indent)  ")
  }

  /// Items between parentheses: on one line if it fits, else wrapped as `swift format` does.
  mutating func list(opening: String, items: [String], closing: String) {
    let single = opening + items.joined(separator: ", ") + closing
    if depth * 2 + single.count <= Self.width { return line(single) }
    line(opening)
    indented { source in
      var words = items.dropLast().map { $0 + "," }
      if let last = items.last { words.append(last) }
      source.wrap(words, prefix: "", continuation: "")
    }
    line(closing)
  }

  private mutating func wrap(_ words: [String], prefix: String, continuation: String) {
    var current = prefix
    var isEmpty = true
    for word in words {
      if !isEmpty, depth * 2 + current.count + 1 + word.count > Self.width {
        line(current)
        current = continuation
        isEmpty = true
      }
      current += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    line(current)
  }
}
