/// Names that the caller knows: entries that a user added, and names that are in the graph already.
///
/// An immutable value that is handed to the extractor. Names are compared by their words, apart from case and accents.
public struct KnownNames: Sendable {
  /// A name and what it names.
  public struct Entry: Sendable, Hashable {
    public var name: String
    /// `person`, `organization`, `location`, `product`, `event` or `work`.
    public var type: String
    /// Whether a person said so. Such a name is taken wherever its words stand with a capital, or as they were written;
    /// one that was only seen before makes the same reading likelier.
    public var isCertain: Bool

    public init(name: String, type: String, isCertain: Bool) {
      self.name = name
      self.type = type
      self.isCertain = isCertain
    }
  }

  struct Known {
    var type: EntityType
    var isCertain: Bool
    /// The name as it was written; compared where nothing but the case tells it from a word.
    var isLowerCase: Bool
  }

  /// The types that an entry may have.
  public static let types = ["person", "organization", "location", "product", "event", "work"]
  public static let none = KnownNames([])
  static let mostWords = 8

  private var names: [UInt64: Known] = [:]
  /// The most words of a name that begins with the word of a hash.
  private var lengths: [UInt64: Int] = [:]

  /// - Parameter entries: Of two for the same name the certain one counts, else the later. What has no words, too many
  ///   words or an unknown type is left out.
  public init(_ entries: some Sequence<Entry>) {
    var forms = SentenceForms(lists: NameLists(UnsafeRawBufferPointer(start: nil, count: 0)), words: .embedded)
    for entry in entries {
      guard let type = EntityType.allCases.first(where: { $0.name == entry.type }),
        EntityTypes.named.contains(type)
      else { continue }
      let text = Tokenizer.tokenize(entry.name, lists: nil)
      guard !text.tokens.isEmpty, text.tokens.count <= Self.mostWords else { continue }
      forms.read(text.tokens.map { $0.start..<$0.end }, of: text.bytes)
      guard let key = Self.key(0..<forms.count, forms) else { continue }
      if let known = names[key], known.isCertain, !entry.isCertain { continue }
      let isLowerCase = (0..<forms.count).allSatisfy { forms[$0].capitals == .none }
      names[key] = Known(type: type, isCertain: entry.isCertain, isLowerCase: isLowerCase)
      let first = forms[0].lower
      lengths[first] = max(lengths[first] ?? 1, forms.count)
    }
  }

  public var isEmpty: Bool { names.isEmpty }

  private static func key(_ words: Range<Int>, _ forms: SentenceForms) -> UInt64? {
    var key: UInt64 = 0
    for index in words {
      guard forms[index].foldEnd > forms[index].foldStart else { return nil }
      key = FeatureHash.join(key, forms[index].lower)
    }
    return key
  }

  /// The longest known names of a sentence, none overlapping another.
  func matches(in forms: SentenceForms) -> [(words: Range<Int>, known: Known)] {
    guard !names.isEmpty else { return [] }
    var found: [(Range<Int>, Known)] = []
    var index = 0
    while index < forms.count {
      guard let longest = lengths[forms[index].lower] else {
        index += 1
        continue
      }
      var match: (Range<Int>, Known)?
      for length in 1...longest where index + length <= forms.count {
        let words = index..<index + length
        guard let key = Self.key(words, forms), let known = names[key] else { continue }
        let hasCapital = words.contains { forms[$0].capitals != .none && forms[$0].capitals != .signs }
        if hasCapital || known.isLowerCase || forms.style == .small { match = (words, known) }
      }
      if let match { found.append(match) }
      index = match?.0.upperBound ?? index + 1
    }
    return found
  }
}
