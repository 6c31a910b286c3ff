/// A name that the model found: a run of a sentence's tokens.
package struct TaggedName: Sendable {
  package var tokens: Range<Int>
  /// The tag that begins names of this kind.
  package var tag: EntityTag
  /// The model's probability that exactly these tokens are a name of this kind, before it is calibrated.
  package var probability: Double
  /// How often the model is right when it is as sure as here.
  package var confidence: Double
  /// The kinds that the model holds possible as well.
  var possible: EntityTypes
}
