import MemoryEvents
import RuntimeHost

/// How the outcomes of two extractors of one text differ.
///
/// An entity is the same by name and type, a relationship by its ends and type; names as searches compare them. Each is
/// counted once, however often it is mentioned.
struct OutcomeComparison: Sendable, Equatable {
  struct Counts: Sendable, Equatable {
    var agreed = 0
    var onlyOffline = 0
    var onlyModel = 0
  }

  let entities: Counts
  let relationships: Counts

  init(offline: MemoryEntityExtracted, model: MemoryEntityExtracted) {
    entities = Self.counts(Set(offline.entities.map(Self.key)), Set(model.entities.map(Self.key)))
    relationships = Self.counts(Set(offline.relationships.map(Self.key)), Set(model.relationships.map(Self.key)))
  }

  /// Reads what ``document`` gave.
  init?(_ document: JSONValue) {
    guard let entities = Self.counts(document["entities"]), let relationships = Self.counts(document["relationships"])
    else { return nil }
    self.entities = entities
    self.relationships = relationships
  }

  var document: JSONValue {
    ["entities": Self.document(entities), "relationships": Self.document(relationships)]
  }

  private static func key(_ entity: MemoryEntityExtracted.Entity) -> [String] {
    [WordFolding.key(ofName: entity.name), entity.type]
  }

  private static func key(_ relationship: MemoryEntityExtracted.Relationship) -> [String] {
    [WordFolding.key(ofName: relationship.source), relationship.type, WordFolding.key(ofName: relationship.target)]
  }

  private static func counts(_ offline: Set<[String]>, _ model: Set<[String]>) -> Counts {
    let agreed = offline.intersection(model).count
    return Counts(agreed: agreed, onlyOffline: offline.count - agreed, onlyModel: model.count - agreed)
  }

  private static func document(_ counts: Counts) -> JSONValue {
    [
      "agreed": JSONValue(counts.agreed), "only_offline": JSONValue(counts.onlyOffline),
      "only_model": JSONValue(counts.onlyModel),
    ]
  }

  private static func counts(_ document: JSONValue?) -> Counts? {
    guard let agreed = document?["agreed"]?.intValue, let onlyOffline = document?["only_offline"]?.intValue,
      let onlyModel = document?["only_model"]?.intValue
    else { return nil }
    return Counts(agreed: agreed, onlyOffline: onlyOffline, onlyModel: onlyModel)
  }
}
