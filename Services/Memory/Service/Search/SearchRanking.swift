import RuntimeHost

/// A statement that finds and ranks memories, in two pieces: conditions on `memories m` go in between.
///
/// Its columns are `row_id`, `score` (higher is better) and `filters`.
struct SearchRanking {
  /// Ends inside a `WHERE` clause.
  var opening: String
  /// The values for the opening's parameters.
  var values: [DatabaseValue]
  /// Has no parameters.
  var ending: String

  init(_ opening: String, values: [DatabaseValue], ending: String = "") {
    self.opening = opening
    self.values = values
    self.ending = ending
  }
}
