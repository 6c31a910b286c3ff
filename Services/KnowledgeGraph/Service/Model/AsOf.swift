import RuntimeHost

/// Which state of the graph is asked for, on both time axes.
struct AsOf: Hashable, Sendable {
  /// Facts that held at that time; `nil` for all, whenever they hold.
  var validAt: Timestamp?
  /// What the graph believed at that time; `nil` for what it believes now.
  var knownAt: Timestamp?
}
