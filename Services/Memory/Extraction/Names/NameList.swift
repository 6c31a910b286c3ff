/// A list of names with the type of what each names, to be looked up in a text word by word.
///
/// Words are compared apart from case and accents; the longest name that begins at a word is taken. A name that is one
/// ordinary word ("Apple", "IT") is taken only where it has the capitals that it was given, so that the list does not
/// find it in the middle of plain prose. An immutable value; a name takes some 30 bytes in it, whatever its length.
public struct NameList: Sendable {
  /// A name and what it names.
  public struct Entry: Sendable, Hashable {
    /// The canonical name.
    public var name: String
    /// One of ``NameList/types``.
    public var type: String
    /// Other names of the same thing: where one stands in a text, the canonical name is told.
    public var aliases: [String]

    public init(name: String, type: String, aliases: [String] = []) {
      self.name = name
      self.type = type
      self.aliases = aliases
    }
  }

  struct Match {
    var tokens: Range<Int>
    var type: EntityType
    /// The canonical name.
    var name: String
  }

  /// What a name's words stand for.
  private struct Name {
    /// More than one where several things have the name.
    var types: EntityTypes
    /// Where its canonical name lies in ``canonical``.
    var canonical: Int32
    /// The capitals that an ordinary word must have, see ``NameForm/capitals``.
    var capitals: UInt8
    var isOrdinary: Bool
  }

  /// The types that an entry may have.
  public static let types = ["person", "organization", "location", "product", "event", "work"]
  /// How sure the extractor is of a name that people listed.
  static let confidence = 0.98
  /// How sure it is of a name that it found only because it was seen before. Lower than what the knowledge graph asks for
  /// before a memory counts as a witness of a name, so that a name cannot confirm itself.
  static let seenConfidence = 0.7
  /// The most words, or signs, of a name.
  public static let mostWords = 8
  public static let empty = NameList([])

  private var names: HashedTable<Name>
  /// The most words of a name that begins with the word of a hash.
  private var lengths: HashedTable<UInt8>
  private var canonical: [String] = []

  public var isEmpty: Bool { names.count == 0 }
  /// How many names it has, aliases included.
  public var count: Int { names.count }

  /// - Parameter entries: What has no words, too many words or an unknown type is left out. A name that stands for
  ///   things of two types says nothing, and is left alone; of two entries with one name and type the first counts.
  public init(_ entries: some Collection<Entry>) {
    names = HashedTable(capacity: entries.reduce(0) { $0 + 1 + $1.aliases.count })
    lengths = HashedTable(capacity: entries.count)
    for entry in entries {
      guard let type = EntityType.allCases.first(where: { $0.name == entry.type }), EntityTypes.named.contains(type)
      else { continue }
      canonical.append(entry.name)
      for name in [entry.name] + entry.aliases { add(name, type) }
    }
  }

  private mutating func add(_ name: String, _ type: EntityType) {
    guard let form = NameForm(name) else { return }
    if var known = names[form.key] {
      known.types.insert(EntityTypes(type))
      // Of two ways to write it, the one that asks for less counts.
      known.capitals = min(known.capitals, form.capitals)
      names[form.key] = known
    } else {
      names[form.key] = Name(
        types: EntityTypes(type), canonical: Int32(canonical.count - 1), capitals: form.capitals,
        isOrdinary: form.isOrdinary)
    }
    lengths[form.first] = max(lengths[form.first] ?? 0, UInt8(form.words))
  }

  /// What tells names apart: their words without case and accents, with one space between them.
  ///
  /// - Returns: `nil` for what cannot be an entry: no letter and no digit, or more than ``mostWords`` words.
  public static func form(of name: String) -> String? { NameForm(name)?.text }

  /// The longest name that begins at a token.
  ///
  /// - Parameter sentence: The tokens of the sentence that the token is of.
  func match(at index: Int, in sentence: Range<Int>, of text: TokenizedText) -> Match? {
    guard let longest = lengths[NameForm.hash(index, of: text)] else { return nil }
    var key: UInt64 = 0
    var match: Match?
    for end in index..<min(sentence.upperBound, index + Int(longest)) {
      key = FeatureHash.join(key, NameForm.hash(end, of: text))
      guard let name = names[key], let type = name.types.first, name.types == EntityTypes(type) else { continue }
      let tokens = index..<end + 1
      guard !name.isOrdinary || isWritten(tokens, name, sentence, text) else { continue }
      match = Match(tokens: tokens, type: type, name: canonical[Int(name.canonical)])
    }
    return match
  }

  /// Whether the tokens have the capitals that the name asks for. In a sentence without any capital none are asked for,
  /// except of the words that hold sentences together ("it", "who", "may").
  private func isWritten(_ tokens: Range<Int>, _ name: Name, _ sentence: Range<Int>, _ text: TokenizedText) -> Bool {
    if NameForm.capitals(of: tokens, in: text) >= name.capitals { return true }
    return text.tokens[tokens.lowerBound].classes.isDisjoint(with: .closed)
      && sentence.allSatisfy { text.tokens[$0].shape.isDisjoint(with: [.capital, .innerCapital, .allCapitals]) }
  }
}
