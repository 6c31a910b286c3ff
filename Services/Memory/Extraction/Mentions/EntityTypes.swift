/// A set of entity types: what one side of a relation may be, or what a mention may still turn out to be.
struct EntityTypes: OptionSet, Sendable {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }
  init(_ type: EntityType) { rawValue = 1 << UInt16(type.rawValue) }

  static let person = EntityTypes(.person)
  static let organization = EntityTypes(.organization)
  static let location = EntityTypes(.location)
  static let product = EntityTypes(.product)
  static let event = EntityTypes(.event)
  static let work = EntityTypes(.work)
  static let concept = EntityTypes(.concept)
  static let date = EntityTypes(.date)
  static let money = EntityTypes(.money)

  static let agent: EntityTypes = [.person, .organization]
  /// Names of whatever kind.
  static let named: EntityTypes = [.person, .organization, .location, .product, .event, .work]

  /// The type to take when the set alone decides: the first in ``EntityType``'s order.
  var first: EntityType? {
    rawValue == 0 ? nil : EntityType(rawValue: UInt8(rawValue.trailingZeroBitCount))
  }

  func contains(_ type: EntityType) -> Bool { contains(EntityTypes(type)) }
}
