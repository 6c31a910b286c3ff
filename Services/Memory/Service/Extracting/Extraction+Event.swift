import Extraction
import MemoryEvents
import RuntimeHost

extension Extraction {
  /// The outcome as the event that tells of it.
  func event(memoryID: String, version: Int, extractor: String, at time: Timestamp) -> MemoryEntityExtracted {
    MemoryEntityExtracted(
      memoryID: memoryID, memoryVersion: version, extractor: extractor,
      entities: entities.map { entity in
        MemoryEntityExtracted.Entity(
          name: entity.name, type: entity.type, confidence: entity.confidence, start: entity.start, end: entity.end,
          text: entity.text)
      },
      relationships: relationships.map { relationship in
        MemoryEntityExtracted.Relationship(
          source: relationship.source, target: relationship.target, type: relationship.type,
          confidence: relationship.confidence, start: relationship.start, end: relationship.end,
          text: relationship.text, validFrom: relationship.validFrom.flatMap { try? Timestamp(parsing: $0) },
          validTo: relationship.validTo.flatMap { try? Timestamp(parsing: $0) },
          sourceType: relationship.sourceType, targetType: relationship.targetType)
      },
      memoryCreatedAt: time)
  }
}
