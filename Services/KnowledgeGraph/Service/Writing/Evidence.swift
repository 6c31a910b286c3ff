import MemoryEvents
import RuntimeHost

/// A claim's words in one memory.
struct Evidence: Equatable {
  let start: Int?
  let end: Int?
  let text: String?
  let confidence: Double
  /// From when the claim holds on this evidence alone.
  let validFrom: Timestamp

  init(_ relationship: MemoryEntityExtracted.Relationship, validFrom: Timestamp) {
    start = relationship.start
    end = relationship.end
    // A memory's text may hold U+0000, PostgreSQL's text may not: the span tells what stood there.
    text = relationship.text?.replacing("\0", with: "\u{FFFD}")
    confidence = relationship.confidence
    self.validFrom = validFrom
  }

  func isSameSpan(as other: Evidence) -> Bool { start == other.start && end == other.end }
}
