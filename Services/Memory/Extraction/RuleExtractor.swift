/// The offline extractor: name lists, case and context rules for entities, and a table of patterns for relationships.
///
/// It holds no mutable state, does not wait and never throws; one value may serve every task. The time it takes is
/// linear in the text, whatever the text.
public struct RuleExtractor: EntityExtractor {
  public let version = "rules-1"

  public init() {}

  public func extract(from text: String, at time: Int64?) async -> Extraction {
    read(text, at: time)
  }

  /// The same as ``extract(from:at:)``, for callers that are not asynchronous.
  public func read(_ text: String, at time: Int64?) -> Extraction {
    let lists = NameLists.embedded
    let tokenized = Tokenizer.tokenize(text, lists: lists)
    let day = time.map { Int(($0 >= 0 ? $0 : $0 - CalendarDay.microseconds + 1) / CalendarDay.microseconds) }
    let mentions = MentionFinder.find(in: tokenized, lists: lists, today: day)
    var resolver = MentionResolver(text: tokenized, mentions: mentions)
    resolver.resolve()
    var reader = RelationReader(text: tokenized, mentions: resolver.mentions, table: .standard, today: day)
    reader.run()
    reader.addModel(.embedded, lists: lists)
    return reader.extraction()
  }
}
