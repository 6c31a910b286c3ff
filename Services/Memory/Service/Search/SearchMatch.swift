/// A place in a search's ranking, before the memory is read.
struct SearchMatch: Sendable, Hashable {
  var rowID: Int64
  /// Higher is better.
  var score: Double
}
