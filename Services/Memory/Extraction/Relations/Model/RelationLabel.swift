/// A relation that the model can tell: a property of Wikidata, by which the training data names it, and its name here.
package struct RelationLabel: Sendable {
  /// The number of the property: 131 for P131.
  package let property: UInt16
  /// The relation's name, as in ``ExtractedRelationship/type``.
  package let name: String
  /// Whether the name reads from the property's object to its subject: P112, "founded by", is `founded` turned round.
  package let isInverse: Bool
  /// What a date beside the statement says about when it holds.
  let time: RelationKind.Time

  /// `P131`.
  package var identifier: String { "P\(property)" }
}

extension RelationLabel {
  /// Every relation of the training data, in the order of their properties.
  package static let all: [RelationLabel] = parse(
    """
    6 governs inverse state
    17 country
    19 born_in
    20 died_in
    22 parent_of inverse
    25 parent_of inverse
    26 married_to state
    27 citizen_of
    30 continent
    31 instance_of
    35 governs inverse state
    36 capital_of inverse
    37 official_language
    39 holds_position state
    40 parent_of
    50 wrote inverse
    54 plays_for state
    57 directed inverse
    58 wrote inverse
    69 studied_at state
    86 composed inverse
    102 member_of_party state
    108 works_at state
    112 founded inverse
    118 plays_in_league state
    123 published_by
    127 owns inverse state
    131 located_in
    136 genre
    137 operated_by state
    140 religion
    150 located_in inverse
    155 follows
    156 follows inverse
    159 headquartered_in state
    161 starred_in inverse
    162 produced inverse
    166 won event
    170 created inverse
    171 parent_taxon
    172 ethnic_group
    175 performed inverse
    176 produces inverse
    178 developed inverse
    179 part_of_series
    190 twinned_with
    194 legislature_of inverse
    205 basin_country
    206 located_on
    241 served_in state
    264 signed_to state
    272 produced inverse
    276 held_in
    279 kind_of
    355 subsidiary_of inverse state
    361 part_of
    364 original_language
    400 runs_on
    403 flows_into
    449 broadcast_on
    463 member_of state
    488 chairs inverse state
    495 country_of_origin
    527 part_of inverse
    551 lives_in state
    569 born_on
    570 died_on
    571 founded_on
    576 dissolved_on
    577 released_on
    580 started_on
    582 ended_on
    585 happened_on
    607 fought_in event
    674 appears_in inverse
    676 wrote_lyrics_of inverse
    706 located_in_landform
    710 participated_in inverse event
    737 influenced_by
    740 formed_in
    749 subsidiary_of state
    800 created
    807 separated_from event
    840 set_in
    937 worked_in state
    1001 has_jurisdiction_in
    1056 produces
    1336 claimed_by inverse
    1344 participated_in event
    1365 succeeded event
    1366 succeeded inverse event
    1376 capital_of
    1412 speaks
    1441 appears_in
    3373 sibling_of
    """)

  /// The label of a property such as `P131`, or nil.
  package static func label(of identifier: some StringProtocol) -> RelationLabel? {
    guard identifier.first == "P", let property = UInt16(identifier.dropFirst()) else { return nil }
    return all.first { $0.property == property }
  }

  private static func parse(_ lines: String) -> [RelationLabel] {
    lines.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count >= 2, let property = UInt16(words[0]) else { return nil }
      let time: RelationKind.Time =
        words.contains("state") ? .state : words.contains("event") ? .event : .lasting
      return RelationLabel(
        property: property, name: String(words[1]), isInverse: words.contains("inverse"), time: time)
    }
  }
}
