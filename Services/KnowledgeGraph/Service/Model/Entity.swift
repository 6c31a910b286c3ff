import RuntimeHost

/// A thing that memories name.
struct Entity: Hashable, Sendable {
  let rowID: Int64
  let entityID: String
  /// The name as it was first written.
  let name: String
  let type: String
  /// How many believed facts touch it now.
  let factCount: Int
  /// From when it was first named; ended when no memory names it any more.
  let known: Period
  /// Other ways in which it was written, sorted.
  var aliases: [String] = []
}
