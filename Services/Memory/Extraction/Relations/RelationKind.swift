/// A relation that the rules can read: what it connects and the phrases that state it.
struct RelationKind: Sendable {
  /// What a date beside the statement says about when it holds.
  enum Time: Sendable {
    /// It happened then.
    case event
    /// It held then.
    case state
    /// It holds from then on.
    case begins
    /// Time does not matter to it.
    case lasting
  }

  var name: String
  var source: EntityTypes
  var target: EntityTypes
  var time: Time
  /// How much a match is worth before anything is known of its entities.
  var confidence: Double
  /// In the language of ``RelationPattern``.
  var phrases: [String]

  init(
    _ name: String, _ source: EntityTypes, _ target: EntityTypes, _ time: Time, confidence: Double = 0.85,
    _ phrases: [String]
  ) {
    self.name = name
    self.source = source
    self.target = target
    self.time = time
    self.confidence = confidence
    self.phrases = phrases
  }

  init(
    _ name: String, _ source: EntityTypes, _ target: EntityTypes, confidence: Double = 0.85, _ phrases: [String]
  ) {
    self.init(name, source, target, .state, confidence: confidence, phrases)
  }

  /// What a person is to another person or an organisation: "T's wife S", "S, the wife of T", "S is T's wife".
  static func noun(
    _ name: String, _ source: EntityTypes, _ target: EntityTypes, _ nouns: String,
    source s: String = "S", target t: String = "T"
  ) -> RelationKind {
    RelationKind(
      name, source, target, ["\(t) 's \(nouns) = \(s)", "\(s) = \(t) 's \(nouns)", "\(s) \(nouns) of|to \(t)"])
  }
}
