/// What the name lists know of a name. The bits are part of the compiled file's format.
package struct NameKind: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let givenName = NameKind(rawValue: 1)
  /// A given name that at least a thousand children had in one year.
  package static let frequentGivenName = NameKind(rawValue: 2)
  package static let surname = NameKind(rawValue: 4)
  package static let frequentSurname = NameKind(rawValue: 8)
  package static let city = NameKind(rawValue: 16)
  package static let region = NameKind(rawValue: 32)
  package static let country = NameKind(rawValue: 64)
  package static let company = NameKind(rawValue: 128)
  /// Annotated texts have it in lower case at least as often as in a name.
  package static let commonWord = NameKind(rawValue: 256)

  // From here on only the model that finds names looks at them; the relations know the kinds before.
  /// Companies and brands.
  package static let business = NameKind(rawValue: 512)
  /// Universities, museums and authorities.
  package static let institution = NameKind(rawValue: 1024)
  /// Newspapers, networks and channels.
  package static let newsMedium = NameKind(rawValue: 2048)
  /// Teams and leagues.
  package static let team = NameKind(rawValue: 4096)
  /// Whole names of people.
  package static let publicFigure = NameKind(rawValue: 8192)
  /// Musicians and bands.
  package static let musician = NameKind(rawValue: 16384)
  /// Buildings, roads and venues.
  package static let facility = NameKind(rawValue: 32768)
}
