/// A phrase that states a relation, compiled from one line of text.
///
/// The line's words stand for themselves, and:
///
///     S T        the source and the target; "S+" must touch the word beside it
///     a|b        one of several words
///     {work}     any form of the verb; <found> its participle
///     ?word      may be missing
///     's         a possessive: "'s", "his"
///     =          may be missing: a comma, a form of "be", "named" or "called"
///     ~          may be missing: a time or a place ("founded in 1999 by")
///
/// The first word that may not be missing is the anchor: a pattern is tried where a text has it.
struct RelationPattern: Sendable {
  enum Element: Sendable {
    case words(WordSet, isOptional: Bool)
    case slot(isSource: Bool, isStrict: Bool)
    case possessive
    case link
    case adjunct
  }

  /// The relation's place in the table.
  var relation: Int
  var anchor = WordSet(hashes: [])
  /// From the anchor's left neighbour leftwards.
  var before: [Element] = []
  var after: [Element] = []

  init(_ line: String, relation: Int) {
    self.relation = relation
    var hasAnchor = false
    for part in line.split(separator: " ") {
      let element = Self.element(part)
      if case .words(let words, false) = element, !hasAnchor {
        anchor = words
        hasAnchor = true
      } else if !hasAnchor {
        before.insert(element, at: 0)
      } else {
        after.append(element)
      }
    }
  }

  private static func element(_ part: Substring) -> Element {
    switch part {
    case "S": .slot(isSource: true, isStrict: false)
    case "S+": .slot(isSource: true, isStrict: true)
    case "T": .slot(isSource: false, isStrict: false)
    case "T+": .slot(isSource: false, isStrict: true)
    case "'s": .possessive
    case "=": .link
    case "~": .adjunct
    default: words(part)
    }
  }

  private static func words(_ part: Substring) -> Element {
    let isOptional = part.first == "?"
    var hashes: Set<UInt64> = []
    for word in (isOptional ? part.dropFirst() : part).split(separator: "|") {
      let forms: [String] =
        switch word.first {
        case "{": VerbForms(String(word.dropFirst().dropLast())).all
        case "<": [VerbForms(String(word.dropFirst().dropLast())).participle]
        default: [String(word)]
        }
      for form in forms { hashes.insert(KeyHash.of(form.utf8)) }
    }
    return .words(WordSet(hashes: hashes), isOptional: isOptional)
  }
}
