/// Points for each type that a name may have.
struct Evidence {
  private var points = SIMD8<Int16>()

  static let types: [EntityType] = [.person, .organization, .location, .product, .event, .work]

  subscript(type: EntityType) -> Int {
    get { Int(points[Int(type.rawValue)]) }
    set { points[Int(type.rawValue)] = Int16(clamping: newValue) }
  }

  mutating func add(_ other: Evidence) {
    for type in Self.types { self[type] += other[type] }
  }

  /// The type with the most points; of equals, the first in ``EntityType``'s order.
  var best: EntityType {
    Self.types.max { (self[$0], $1.rawValue) < (self[$1], $0.rawValue) } ?? .person
  }

  /// The types that are close enough to the best one for the context to choose them instead.
  var possible: EntityTypes {
    let best = self[best]
    var types: EntityTypes = []
    for type in Self.types where self[type] + 4 > best { types.insert(EntityTypes(type)) }
    return types
  }

  /// From the points of the best type and its lead over the second.
  var confidence: Double {
    let best = best
    let second = Self.types.filter { $0 != best }.map { self[$0] }.max() ?? 0
    let points = Double(max(0, self[best]))
    let lead = Double(max(0, self[best] - max(0, second)))
    return min(0.97, 0.4 + 0.03 * min(points, 10) + 0.04 * min(lead, 7))
  }
}
