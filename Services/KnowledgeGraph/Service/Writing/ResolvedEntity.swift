/// The entity that a name in a memory stands for.
struct ResolvedEntity: Hashable {
  /// Its row, or a negative number while it is not written.
  let rowID: Int64
  /// Whether it was added to the graph just now; its row counts the mention already.
  let isNew: Bool
  /// Whether the memory confirms it, see ``EntityStanding``.
  var isSure: Bool
}
