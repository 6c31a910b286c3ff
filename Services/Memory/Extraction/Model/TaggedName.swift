/// A name that the model found: a run of a sentence's tokens.
package struct TaggedName: Sendable {
  package var tokens: Range<Int>
  /// The tag that begins names of this kind.
  package var tag: EntityTag
  /// What its confidence comes from.
  package var seen: EntityCalibration.Name
  /// How often the model is right when it is as sure as here.
  package var confidence: Double
  /// The kinds that the model holds possible as well.
  var possible: EntityTypes
}
