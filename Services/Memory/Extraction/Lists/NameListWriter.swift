/// Collects names and writes the compiled file that ``NameLists`` reads.
///
/// The file depends only on what was added, never on the order or the machine.
package struct NameListWriter {
  /// Longer keys are of no use: hardly a text has them.
  private static let longestKey = 64
  private static let mostWords = 6

  private var kinds: [[UInt8]: UInt16] = [:]
  private var words: [[UInt8]: UInt8] = [:]

  package init() {}

  /// The folded words of a name with one space between them, as the extractor sees them in a text.
  package static func key(of name: String) -> [UInt8] {
    let text = Tokenizer.tokenize(name, lists: nil)
    guard let first = text.tokens.first, let last = text.tokens.last else { return [] }
    return Array(text.folded[first.foldStart..<last.foldEnd])
  }

  /// Adds a name; a name that is added more than once has all of its kinds.
  package mutating func add(_ name: String, _ kind: NameKind) {
    let text = Tokenizer.tokenize(name, lists: nil)
    guard let first = text.tokens.first, let last = text.tokens.last, text.tokens.count <= Self.mostWords,
      last.foldEnd - first.foldStart <= Self.longestKey, first.letters > 0
    else { return }
    kinds[Array(text.folded[first.foldStart..<last.foldEnd]), default: 0] |= kind.rawValue
    guard text.tokens.count > 1 else { return }
    let head = Array(text.folded[first.foldStart..<first.foldEnd])
    words[head] = max(words[head] ?? 1, UInt8(text.tokens.count))
  }

  /// Whether a name was added with one of the kinds.
  package func has(_ name: String, _ kinds: NameKind) -> Bool {
    (self.kinds[Self.key(of: name)] ?? 0) & kinds.rawValue != 0
  }

  package func serialized() -> [UInt8] {
    let keys = Set(kinds.keys).union(words.keys).sorted { $0.lexicographicallyPrecedes($1) }
    var slots = 16
    while slots * 4 < keys.count * 5 { slots *= 2 }
    var marks = [UInt32](repeating: 0, count: slots)
    var kinds = [UInt16](repeating: 0, count: slots)
    for key in keys {
      let hash = KeyHash.of(key)
      var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
      while marks[slot] != 0 { slot = (slot + 1) & (slots - 1) }
      marks[slot] = NameLists.mark(hash) | UInt32(words[key] ?? 1)
      kinds[slot] = self.kinds[key] ?? 0
    }
    var file = NameLists.magic
    for value in [UInt32(slots)] + marks { withUnsafeBytes(of: value.littleEndian) { file.append(contentsOf: $0) } }
    for kind in kinds { withUnsafeBytes(of: kind.littleEndian) { file.append(contentsOf: $0) } }
    return file
  }
}
