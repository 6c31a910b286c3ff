/// How long the lists of names may become, and their names.
enum NameLimits {
  /// A name, in bytes of UTF-8.
  static let name = 200
  static let aliases = 16
  /// Entries that people added.
  static let entries = 10_000
  /// Names of the graph that texts are read with; the ones confirmed last.
  static let graphNames = 50_000
  /// The table may hold so many more before the oldest are removed.
  static let graphNameSurplus = 500
}
