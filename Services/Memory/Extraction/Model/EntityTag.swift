/// What the model says of one token: outside of names, or at the beginning or inside of a name of a kind.
///
/// The raw values are columns of the compiled model.
package enum EntityTag: Int, CaseIterable, Sendable {
  case outside
  case beginsPerson, insidePerson
  case beginsLocation, insideLocation
  case beginsOrganization, insideOrganization
  /// A name of another kind: a product, a work, an event, a people. Such names are told apart by rules.
  case other

  package static let count = 8

  /// - Parameter label: `O`, `B-PER` and the like; kinds beyond person, place and organisation are ``other``.
  package init(label: some StringProtocol) {
    let begins = label.hasPrefix("B-")
    switch label.dropFirst(2) {
    case "PER", "PERSON": self = begins ? .beginsPerson : .insidePerson
    case "LOC", "GPE": self = begins ? .beginsLocation : .insideLocation
    case "ORG": self = begins ? .beginsOrganization : .insideOrganization
    default: self = label == "O" ? .outside : .other
    }
  }

  /// The tag that goes on with a name of this kind, or nil outside of names.
  package var continuation: EntityTag? {
    switch self {
    case .outside: nil
    case .beginsPerson, .insidePerson: .insidePerson
    case .beginsLocation, .insideLocation: .insideLocation
    case .beginsOrganization, .insideOrganization: .insideOrganization
    case .other: .other
    }
  }

  package var isInside: Bool { self == .insidePerson || self == .insideLocation || self == .insideOrganization }

  var type: EntityType? {
    switch self {
    case .outside: nil
    case .beginsPerson, .insidePerson: .person
    case .beginsLocation, .insideLocation: .location
    case .beginsOrganization, .insideOrganization: .organization
    case .other: .work
    }
  }

  /// The tag that begins names of a type.
  init(_ type: EntityType) {
    switch type {
    case .person: self = .beginsPerson
    case .location: self = .beginsLocation
    case .organization: self = .beginsOrganization
    default: self = .other
    }
  }

  /// Whether `self` may stand directly after `previous`; nil is the start of a sentence.
  package func mayFollow(_ previous: EntityTag?) -> Bool {
    !isInside || previous?.continuation == self
  }
}
