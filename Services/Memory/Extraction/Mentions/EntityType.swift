/// The types that the rules tell apart; ``name`` is what ``ExtractedEntity/type`` says.
package enum EntityType: UInt8, CaseIterable {
  case person, organization, location, product, event, work, concept, date, money, email, url, handle

  package var name: String {
    switch self {
    case .person: "person"
    case .organization: "organization"
    case .location: "location"
    case .product: "product"
    case .event: "event"
    case .work: "work"
    case .concept: "concept"
    case .date: "date"
    case .money: "money"
    case .email: "email"
    case .url: "url"
    case .handle: "handle"
    }
  }
}
