/// The types that the relation model tells apart: those of its training data.
enum RelationEntityType: UInt8, CaseIterable {
  case person, organization, location, date
  /// Products, works, events.
  case other

  /// Nil for what takes no part in the model's relations: sums, addresses, concepts.
  init?(_ type: EntityType) {
    switch type {
    case .person, .handle: self = .person
    case .organization: self = .organization
    case .location: self = .location
    case .date: self = .date
    case .product, .event, .work: self = .other
    case .concept, .money, .email, .url: return nil
    }
  }

  /// The type as Re-DocRED writes it; nil for its numbers.
  init?(annotation: String) {
    switch annotation {
    case "PER": self = .person
    case "ORG": self = .organization
    case "LOC": self = .location
    case "TIME": self = .date
    case "MISC": self = .other
    default: return nil
    }
  }

  /// What a mention of this type is to the patterns.
  var mentionType: EntityType {
    switch self {
    case .person: .person
    case .organization: .organization
    case .location: .location
    case .date: .date
    case .other: .work
    }
  }
}
