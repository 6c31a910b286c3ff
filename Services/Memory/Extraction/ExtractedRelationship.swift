/// A statement that connects two entities of the same text.
public struct ExtractedRelationship: Sendable, Hashable {
  /// The canonical name of the entity that the statement is about.
  public var source: String
  /// The canonical name of the entity that it is related to.
  public var target: String
  /// The type of the source, as in ``ExtractedEntity/type``.
  public var sourceType: String
  /// The type of the target.
  public var targetType: String
  /// The relation in lower case with underscores, read from source to target: `works_at`, `visited`, `parent_of`.
  public var type: String
  /// How sure the extractor is, above 0 and below 1.
  public var confidence: Double
  /// Where the words start that the statement rests on, as a byte offset into the text's UTF-8.
  public var start: Int
  /// The offset of the first byte after those words.
  public var end: Int
  /// The words from ``start`` to ``end`` as they stand in the text.
  public var text: String
  /// The first moment at which the statement holds, when the text says so: an RFC 3339 date-time in UTC.
  public var validFrom: String?
  /// The first moment at which it no longer holds: an RFC 3339 date-time in UTC. "in 2019" ends at the start of 2020.
  public var validTo: String?

  public init(
    source: String, target: String, sourceType: String, targetType: String, type: String, confidence: Double,
    start: Int, end: Int, text: String, validFrom: String? = nil, validTo: String? = nil
  ) {
    self.source = source
    self.target = target
    self.sourceType = sourceType
    self.targetType = targetType
    self.type = type
    self.confidence = confidence
    self.start = start
    self.end = end
    self.text = text
    self.validFrom = validFrom
    self.validTo = validTo
  }
}
