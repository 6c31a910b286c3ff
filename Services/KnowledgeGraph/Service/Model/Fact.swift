import RuntimeHost

/// A statement about two entities that was believed for one stretch of time.
///
/// A statement that was withdrawn and made again is another fact, with an id and a belief period of its own.
struct Fact: Hashable, Sendable {
  let rowID: Int64
  let factID: String
  /// The row of the entity that the statement is about.
  let source: Int64
  let target: Int64
  let type: String
  /// When the statement holds.
  var valid: Period
  /// When the graph believed it.
  let known: Period
  /// Of the sources together: the probability that not all of them err, were they independent.
  var confidence: Double

  /// The other end of the fact; the same entity for a fact about itself.
  func other(than entity: Int64) -> Int64 { entity == source ? target : source }
}
