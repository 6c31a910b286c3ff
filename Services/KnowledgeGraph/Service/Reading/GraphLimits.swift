/// How far one query goes. What lies beyond is left out, and the answer says so.
struct GraphLimits: Hashable, Sendable {
  /// The greatest depth of a neighbourhood and length of a path.
  static let depth = 6

  /// Facts in a neighbourhood.
  var neighbourhoodFacts = 5_000
  /// Facts that the search for a path looks at.
  var searchedFacts = 50_000
}
