/// What an extractor found in one text.
///
/// Entities are one per mention, in the order of their start; mentions of the same thing share their canonical name
/// and type. Relationships refer to entities by canonical name and type and are given once for each pair and type.
public struct Extraction: Sendable, Equatable {
  public var entities: [ExtractedEntity]
  public var relationships: [ExtractedRelationship]

  public init(entities: [ExtractedEntity] = [], relationships: [ExtractedRelationship] = []) {
    self.entities = entities
    self.relationships = relationships
  }
}
