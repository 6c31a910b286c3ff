import RuntimeHost

extension Builtin {
  /// Counts what `text` is made of.
  static let wordCount = Builtin(
    name: "text.word_count", description: "Counts the words, lines and characters of `text`"
  ) { input, _ throws(ExecutionFailure) in
    guard let text = input["text"]?.stringValue else {
      throw ExecutionFailure(.badInput, "`text` must be a string")
    }
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" && $0 != "-" }
    let lines = text.isEmpty ? 0 : text.split(separator: "\n", omittingEmptySubsequences: false).count
    return [
      "words": JSONValue(words.count { $0.contains { $0.isLetter || $0.isNumber } }), "lines": JSONValue(lines),
      "characters": JSONValue(text.count),
    ]
  }
}
