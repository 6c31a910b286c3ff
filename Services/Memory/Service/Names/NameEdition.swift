import Extraction

/// The names that a process reads texts with, and the state of the lists that they are of. An immutable value.
struct NameEdition: Sendable {
  var names = KnownNames.none
  var versions = NameListVersions()
  /// When the graph's names were loaded, as the clock's uptime.
  var graphLoadedAt = Duration.zero

  /// How many of the graph's names, for each that has changed, may be loaded again for its sake.
  static let share = 64
  /// How old the graph's names may become when some have changed.
  static let age = Duration.seconds(60)

  /// Whether the graph's names are to be loaded again.
  ///
  /// All of them are loaded each time, so a change in a long list waits for company: for one change in ``share`` names,
  /// or for ``age``. In a short list each change counts at once.
  func isDue(graph newest: Int64, at uptime: Duration) -> Bool {
    let changes = newest - versions.graph
    return changes != 0
      && (abs(changes) * Int64(Self.share) >= Int64(names.seen.count) || uptime - graphLoadedAt >= Self.age)
  }
}
