/// A way from one entity to another: each fact connects the entity before it with the one after it, whichever way it
/// points.
struct GraphPath: Hashable, Sendable {
  /// One more than there are facts.
  var entities: [Entity]
  var facts: [Fact]
}
