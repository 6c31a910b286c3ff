import Extraction
import MemoryEvents
import RuntimeHost

/// What an extractor found, as the event tells it.
///
/// Held to the event's schema and size whatever the extractor says: what has no name is left out, or one with U+0000,
/// which not every database can hold; confidences are brought into their range, times that cannot be read are dropped. Of more than an event can hold, what comes first
/// in the text is kept.
struct ExtractionOutcome: Sendable {
  /// The payload's size in bytes of JSON, with room left for the envelope.
  static let largest = 768 * 1024

  /// The language model's outcome is believed before the offline extractor's.
  static let modelPrecedence = 10

  let payload: MemoryEntityExtracted

  /// - Parameters:
  ///   - version: The version of the memory that brought the text.
  ///   - time: When the text was stored.
  ///   - precedence: Which of several outcomes of one text is believed; `nil` for the least.
  init(
    _ extraction: Extraction, of memoryID: String, version: Int, extractor: String, storedAt time: Timestamp,
    precedence: Int? = nil
  ) {
    var payload = MemoryEntityExtracted(
      memoryID: memoryID, memoryVersion: version, extractor: extractor,
      entities: extraction.entities.compactMap(Self.entity),
      relationships: extraction.relationships.compactMap(Self.relationship), memoryCreatedAt: time,
      precedence: precedence)
    while !(payload.entities.isEmpty && payload.relationships.isEmpty), payload.jsonBytes().count > Self.largest {
      payload.entities.removeLast((payload.entities.count + 1) / 2)
      let names = Set(payload.entities.map(\.name))
      payload.relationships.removeLast((payload.relationships.count + 1) / 2)
      payload.relationships.removeAll { !names.contains($0.source) || !names.contains($0.target) }
    }
    self.payload = payload
  }

  private static func entity(_ found: ExtractedEntity) -> MemoryEntityExtracted.Entity? {
    guard isUsable(found.name), isUsable(found.type) else { return nil }
    return MemoryEntityExtracted.Entity(
      name: found.name, type: found.type, confidence: bounded(found.confidence), start: max(0, found.start),
      end: max(0, found.end), text: found.text)
  }

  private static func relationship(_ found: ExtractedRelationship) -> MemoryEntityExtracted.Relationship? {
    guard isUsable(found.source), isUsable(found.target), isUsable(found.type) else { return nil }
    return MemoryEntityExtracted.Relationship(
      source: found.source, target: found.target, type: found.type, confidence: bounded(found.confidence),
      start: max(0, found.start), end: max(0, found.end), text: found.text, validFrom: time(found.validFrom),
      validTo: time(found.validTo), sourceType: found.sourceType, targetType: found.targetType)
  }

  private static func isUsable(_ name: String) -> Bool { !name.isEmpty && !name.utf8.contains(0) }

  private static func bounded(_ confidence: Double) -> Double {
    confidence.isNaN ? 0 : min(1, max(0, confidence))
  }

  private static func time(_ text: String?) -> Timestamp? {
    text.flatMap { try? Timestamp(parsing: $0) }
  }
}
