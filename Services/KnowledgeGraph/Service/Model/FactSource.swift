import RuntimeHost

/// What a fact rests on: a span of one version of a memory's text, read by an extractor, told by an event.
struct FactSource: Hashable, Sendable {
  let rowID: Int64
  let eventID: String
  let memoryID: String
  let memoryVersion: Int
  let extractor: String?
  /// Byte offsets into the text's UTF-8.
  let start: Int?
  let end: Int?
  /// The words at the span.
  let text: String?
  let confidence: Double
  let recordedAt: Timestamp
  /// When the memory no longer said so; `nil` while it does.
  let withdrawnAt: Timestamp?
}
