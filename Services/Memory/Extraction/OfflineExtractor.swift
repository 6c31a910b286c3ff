/// The offline extractor: a trained model for names, rules for dates, sums and addresses, and for relationships a
/// table of patterns and a second trained model.
///
/// It does not wait and never throws; one value may serve every task. The time it takes is linear in the text, whatever
/// the text.
public struct OfflineExtractor: EntityExtractor {
  public let version = "network-3"

  private let taggers: TaggerStock

  public init() { self.init(taggers: .embedded) }

  /// - Parameter taggers: What finds the names.
  package init(taggers: TaggerStock) { self.taggers = taggers }

  public func extract(from text: String, at time: Int64?, knowing names: KnownNames) async -> Extraction {
    read(text, at: time, knowing: names)
  }

  /// The same as ``extract(from:at:knowing:)``, for callers that are not asynchronous.
  public func read(_ text: String, at time: Int64?, knowing names: KnownNames = .none) -> Extraction {
    let tokenized = Tokenizer.tokenize(text, lists: NameLists.embedded)
    let day = time.map { Int(($0 >= 0 ? $0 : $0 - CalendarDay.microseconds + 1) / CalendarDay.microseconds) }
    let mentions = MentionFinder.find(in: tokenized, with: taggers, names: names, today: day)
    var resolver = MentionResolver(text: tokenized, mentions: mentions)
    resolver.resolve()
    var reader = RelationReader(text: tokenized, mentions: resolver.mentions, table: .standard, today: day)
    reader.run()
    reader.addModel(.embedded, lists: .embedded)
    return reader.extraction()
  }
}
