/// One mention of an entity.
public struct ExtractedEntity: Sendable, Hashable {
  /// The canonical name: the fullest form that the text gives ("Maria Berg" for a later "Berg").
  public var name: String
  /// The words of this mention, exactly as they stand in the text.
  public var text: String
  /// `person`, `organization`, `location`, `product`, `event`, `work`, `concept`, `date`, `money`, `email`, `url`,
  /// `handle`, or another word in lower case that an extractor documents.
  public var type: String
  /// Where the mention starts, as a byte offset into the text's UTF-8. Always on a character boundary.
  public var start: Int
  /// Where the mention ends: the offset of the first byte after it.
  public var end: Int
  /// How sure the extractor is, above 0 and below 1.
  public var confidence: Double

  public init(name: String, text: String, type: String, start: Int, end: Int, confidence: Double) {
    self.name = name
    self.text = text
    self.type = type
    self.start = start
    self.end = end
    self.confidence = confidence
  }
}
