import MemoryEvents
import RuntimeHost

/// The names of one extraction and the entities that they stand for, each looked up once.
///
/// A relationship names its ends: each is the entity that the extraction lists under that name (and type, when the
/// relationship tells it), or else one of the graph's own. What has no usable name is left out, and what is said of it.
struct MentionResolution {
  /// The entities that the memory names, each once, in the order of the text.
  private(set) var resolved: [ResolvedEntity] = []
  private let extraction: MemoryEntityExtracted
  private let entities: EntityStore
  private var keys: [String: NameKey] = [:]
  private var places: [TypedName: Int] = [:]
  private var placesByName: [String: Int] = [:]
  private var rows: Set<Int64> = []
  /// The names that the extraction is sure of.
  private var sure: Set<TypedName> = []

  private struct TypedName: Hashable {
    let key: String
    let type: String
  }

  init(_ extraction: MemoryEntityExtracted, in entities: EntityStore) {
    self.extraction = extraction
    self.entities = entities
    for entity in extraction.entities {
      read(entity.name)
      if entity.confidence >= EntityStanding.confidence, let key = keys[entity.name] {
        sure.insert(TypedName(key: key.exact, type: entity.type))
      }
    }
    for relationship in extraction.relationships {
      read(relationship.source)
      read(relationship.target)
    }
  }

  /// What the names of the extraction are found by.
  var nameKeys: Set<String> { Set(keys.values.map(\.exact)) }

  private mutating func read(_ name: String) {
    if keys[name] == nil { keys[name] = NameKey(name) }
  }

  /// Resolves the extraction's names and gives what it claims of them. New entities go by negative numbers in both,
  /// until `setRows`.
  mutating func claims(toldAt: Timestamp, change: inout GraphChange) throws -> ClaimList {
    for entity in extraction.entities { try resolve(entity.name, type: entity.type, change: &change) }
    let statedAt = extraction.memoryCreatedAt ?? toldAt
    var claims = ClaimList()
    for relationship in extraction.relationships {
      guard
        let source = try end(relationship.source, type: relationship.sourceType, change: &change),
        let target = try end(relationship.target, type: relationship.targetType, change: &change)
      else { continue }
      let claim = Claim(relationship, source: source, target: target)
      claims.add(claim, Evidence(relationship, validFrom: claim.validFrom(statedAt: statedAt)))
    }
    return claims
  }

  /// Puts the rows of the new entities in the place of their numbers.
  mutating func setRows(_ rows: [Int64: Int64]) {
    guard !rows.isEmpty else { return }
    resolved = resolved.map { ResolvedEntity(rowID: rows[$0.rowID] ?? $0.rowID, isNew: $0.isNew, isSure: $0.isSure) }
  }

  private mutating func end(_ name: String, type: String?, change: inout GraphChange) throws -> Int64? {
    if type == nil, let key = keys[name], let place = placesByName[key.exact] { return resolved[place].rowID }
    return try resolve(name, type: type ?? "unknown", change: &change)
  }

  @discardableResult
  private mutating func resolve(_ name: String, type: String, change: inout GraphChange) throws -> Int64? {
    guard let key = keys[name] else { return nil }
    let typed = TypedName(key: key.exact, type: type)
    if let place = places[typed] { return resolved[place].rowID }
    let entity = try entities.resolve(name, key: key, type: type, isSure: sure.contains(typed), change: &change)
    let place: Int
    if rows.insert(entity.rowID).inserted {
      place = resolved.count
      resolved.append(entity)
    } else {
      // Another type of the name went to the same entity.
      place = resolved.firstIndex { $0.rowID == entity.rowID } ?? 0
      if entity.isSure { resolved[place].isSure = true }
    }
    places[typed] = place
    if placesByName[key.exact] == nil { placesByName[key.exact] = place }
    return entity.rowID
  }
}
