/// Some tokens that name something, with what is known of it so far.
struct Mention {
  /// The tokens of the name; titles and possessive endings stand outside.
  var tokens: Range<Int>
  var type: EntityType
  var confidence: Double
  /// What a relation may still make of it, ``type`` included.
  var possible: EntityTypes
  /// The mention whose words are the canonical name: an index into the mentions, its own when it is the fullest form.
  var canonical: Int
  /// The canonical name that a list gives it.
  var listedName: String?
  /// The time that a date stands for.
  var interval: TimeInterval?
  /// A pronoun stands for its canonical mention and is no entity of its own.
  var isPronoun = false
  /// "his", "their": what follows belongs to it as after a possessive s.
  var isPossessive = false

  init(_ tokens: Range<Int>, _ type: EntityType, _ confidence: Double, possible: EntityTypes? = nil) {
    self.tokens = tokens
    self.type = type
    self.confidence = confidence
    self.possible = possible ?? EntityTypes(type)
    canonical = -1
  }
}
