/// Decides which mentions name the same thing, and what pronouns stand for.
///
/// A short form ("Berg", "Acme", "WHO") takes the name of the fullest form that the text gives; a pronoun is resolved
/// only where the sentences around it leave one candidate or a plain subject, with a lower confidence.
struct MentionResolver {
  let text: TokenizedText
  var mentions: [Mention]
  /// The fullest mention for the hash of a form: whole names, and the short forms that stand for them.
  private var whole: [UInt64: Int] = [:]
  private var short: [UInt64: Int] = [:]
  /// By mention: the hash of its form, and the short forms that it allows.
  private var hashes: [UInt64] = []
  private var forms: [[UInt64]] = []

  init(text: TokenizedText, mentions: [Mention]) {
    self.text = text
    self.mentions = mentions
  }

  mutating func resolve() {
    guard !mentions.isEmpty else { return }
    whole.reserveCapacity(mentions.count)
    short.reserveCapacity(mentions.count)
    hashes.reserveCapacity(mentions.count)
    forms.reserveCapacity(mentions.count)
    for index in mentions.indices { register(index) }
    var latest: [UInt64: Int] = [:]
    latest.reserveCapacity(mentions.count)
    for index in mentions.indices { settle(index, &latest) }
    addPronouns()
  }

  private func hash(_ index: Int) -> UInt64 {
    // The aliases of one name are one form.
    mentions[index].listedName.map { KeyHash.of(NameListWriter.key(of: $0)) } ?? text.hash(mentions[index].tokens)
  }

  /// Notes a mention's whole form, and the short forms that it allows.
  private mutating func register(_ index: Int) {
    let mention = mentions[index]
    let hash = hash(index)
    if whole[hash] == nil { whole[hash] = index }
    hashes.append(hash)
    forms.append(shortForms(of: mention))
    for form in forms[index] where short[form] == nil { short[form] = index }
  }

  private func shortForms(of mention: Mention) -> [UInt64] {
    guard mention.tokens.count > 1 else { return [] }
    let words = mention.tokens.filter { text.tokens[$0].kind == .word }
    guard let first = words.first, var last = words.last else { return [] }
    switch mention.type {
    case .person:
      if text.tokens[last].classes.contains(.generation), words.count > 2 { last = words[words.count - 2] }
      var forms = [text.tokens[last].hash, text.tokens[first].hash]
      // "Berg" and "van der Berg" are both short for "Jan van der Berg".
      if let particle = words.first(where: { text.tokens[$0].classes.contains(.particle) }), particle > first,
        particle < last
      {
        forms.append(text.hash(particle..<last + 1))
      }
      return forms
    case .organization:
      var forms: [UInt64] = []
      var end = mention.tokens.upperBound
      while end > first + 1,
        text.tokens[end - 1].classes.contains(.organizationSuffix) || text.tokens[end - 1].kind == .comma
      {
        end -= 1
      }
      if end < mention.tokens.upperBound { forms.append(text.hash(first..<end)) }
      let token = text.tokens[first]
      if token.letters > 2, token.listed.isDisjoint(with: [.commonWord, .city, .country, .region]),
        token.classes.isDisjoint(with: [.demonym, .organizationHead, .placeHead, .role])
      {
        forms.append(token.hash)
      }
      let initials = words.filter { text.tokens[$0].shape.contains(.capital) }
      if initials.count > 1 {
        var hash = KeyHash()
        for word in initials { hash.add(text.folded[text.tokens[word].foldStart]) }
        forms.append(hash.value)
      }
      return forms
    default: return []
    }
  }

  private mutating func settle(_ index: Int, _ latest: inout [UInt64: Int]) {
    let hash = hashes[index]
    let type = mentions[index].type
    mentions[index].canonical = whole[hash] ?? index
    if mentions[index].tokens.count <= 3, let full = latest[hash] ?? short[hash], full != index,
      mentions[full].tokens.count > mentions[index].tokens.count, fits(index, full)
    {
      mentions[index].canonical = mentions[full].canonical < 0 ? full : mentions[full].canonical
      mentions[index].type = mentions[full].type
      mentions[index].possible = mentions[full].possible
      mentions[index].confidence = max(mentions[index].confidence, mentions[full].confidence * 0.95)
    }
    if mentions[index].type != type { forms[index] = shortForms(of: mentions[index]) }
    for form in forms[index] { latest[form] = index }
  }

  /// Whether a short mention may stand for the full one: it has the same type, or none that is certain.
  private func fits(_ index: Int, _ full: Int) -> Bool {
    let mention = mentions[index]
    guard mention.possible.isSubset(of: .named) else { return false }
    if mention.type == mentions[full].type { return true }
    return mention.possible.contains(mentions[full].type) || mention.confidence < 0.7
  }

  // MARK: Pronouns

  /// The people and organisations that a sentence speaks of, first mentioned first.
  private struct Scene {
    var people: [Int] = []
    var organizations: [Int] = []
    var places: [Int] = []
    var isEmpty: Bool { people.isEmpty && organizations.isEmpty && places.isEmpty }
  }

  private mutating func addPronouns() {
    var result: [Mention] = []
    result.reserveCapacity(mentions.count + 8)
    // Canonical mentions keep their index while pronouns are put between them.
    var places = [Int](repeating: 0, count: mentions.count)
    var scene = Scene()
    var earlier = Scene()
    var speaker: Int?
    var next = 0
    for sentence in text.sentences {
      var index = sentence.lowerBound
      while index < sentence.upperBound {
        if next < mentions.count, mentions[next].tokens.lowerBound == index {
          let mention = mentions[next]
          places[next] = result.count
          result.append(mention)
          note(mention, &scene)
          if mention.type == .person, introducesSpeaker(index, sentence) { speaker = mention.canonical }
          index = mention.tokens.upperBound
          next += 1
        } else {
          if let pronoun = pronoun(at: index, sentence, scene, earlier, speaker) {
            result.append(pronoun)
            note(pronoun, &scene)
            index = pronoun.tokens.upperBound
          } else {
            index += 1
          }
        }
      }
      if !scene.isEmpty { earlier = scene }
      scene = Scene()
    }
    for index in result.indices { result[index].canonical = places[result[index].canonical] }
    mentions = result
  }

  private func note(_ mention: Mention, _ scene: inout Scene) {
    if mention.type == .person, !scene.people.contains(mention.canonical), scene.people.count < 8 {
      scene.people.append(mention.canonical)
    } else if mention.type == .organization, !scene.organizations.contains(mention.canonical),
      scene.organizations.count < 8
    {
      scene.organizations.append(mention.canonical)
    } else if mention.type == .location, !scene.places.contains(mention.canonical), scene.places.count < 8 {
      scene.places.append(mention.canonical)
    }
  }

  /// "My name is Ann", "I am Ann", "I'm Ann".
  private func introducesSpeaker(_ index: Int, _ sentence: Range<Int>) -> Bool {
    guard index >= sentence.lowerBound + 2, text.tokens[index - 1].classes.contains(.be) else { return false }
    return text.isWord(index - 2, "i") || text.isWord(index - 2, "name") && index > 2 && text.isWord(index - 3, "my")
  }

  private func pronoun(
    at index: Int, _ sentence: Range<Int>, _ scene: Scene, _ earlier: Scene, _ speaker: Int?
  ) -> Mention? {
    let token = text.tokens[index]
    guard token.kind == .word else { return nil }
    let pronouns: WordClass = [.personPronoun, .firstPerson, .thingPronoun, .pluralPronoun, .possessivePronoun]
    if token.classes.isDisjoint(with: pronouns) { return theCompany(index, sentence, scene, earlier) }
    let following = index + 1 < sentence.upperBound ? text.tokens[index + 1] : nil
    let isBeforeNoun = following.map { $0.kind == .word && $0.classes.isDisjoint(with: .closed) } ?? false
    let isPossessive =
      token.classes.contains(.possessivePronoun) && (!token.classes.contains(.personPronoun) || isBeforeNoun)
    var found: (Int, Double)?
    if text.isWord(index, "my") || token.classes.contains(.firstPerson) {
      found = speaker.map { ($0, 0.8) }
    } else if text.isWord(index, "his") || token.classes.contains(.personPronoun) {
      let isObject = text.isWord(index, "him") || text.isWord(index, "her") && !isPossessive
      let gender = Self.gender(of: text, index)
      let (here, before) = (agreeing(scene.people, gender), agreeing(earlier.people, gender))
      found =
        isObject
        ? object(here, before, subject: scene.people.first)
        : subject(here, before, isOpening: index == sentence.lowerBound)
    } else if text.isWord(index, "it") || text.isWord(index, "its") {
      found = subject(scene.organizations, earlier.organizations, isOpening: index == sentence.lowerBound)
    } else if text.isWord(index, "they") || text.isWord(index, "their") {
      let near = scene.isEmpty ? earlier : scene
      if near.people.count == 1, near.organizations.isEmpty { found = (near.people[0], 0.6) }
      if near.people.isEmpty, near.organizations.count == 1 { found = (near.organizations[0], 0.65) }
    }
    guard let (antecedent, confidence) = found else { return nil }
    return stand(for: antecedent, index..<index + 1, confidence, isPossessive: isPossessive)
  }

  private static func gender(of text: TokenizedText, _ index: Int) -> GivenNameGender {
    text.isWord(index, "he") || text.isWord(index, "him") || text.isWord(index, "his") || text.isWord(index, "himself")
      ? .male : .female
  }

  /// Those who may be meant: by their given name, as far as it tells.
  private func agreeing(_ people: [Int], _ gender: GivenNameGender) -> [Int] {
    people.filter { index in
      let first = text.tokens[mentions[index].tokens.lowerBound]
      let before = mentions[index].tokens.lowerBound - 1
      if before >= 0, text.isWord(before, "mr") || text.isWord(before, "sir") { return gender == .male }
      if before >= 0, text.isWord(before, "mrs") || text.isWord(before, "ms") || text.isWord(before, "lady") {
        return gender == .female
      }
      return GivenNameGender.of(first.hash).map { $0 == gender } ?? true
    }
  }

  /// The one candidate of the sentence itself, else of the one before. Of several nobody is taken, except that a
  /// pronoun which opens a sentence goes on with the subject of the one before.
  private func subject(_ here: [Int], _ before: [Int], isOpening: Bool) -> (Int, Double)? {
    let candidates = here.isEmpty ? before : here
    guard let first = candidates.first else { return nil }
    if candidates.count == 1 { return (first, 0.8) }
    return isOpening ? (first, 0.5) : nil
  }

  /// "him" is someone else than the subject of its own sentence.
  private func object(_ here: [Int], _ before: [Int], subject: Int?) -> (Int, Double)? {
    let candidates = before.filter { $0 != subject }
    if candidates.count == 1 { return (candidates[0], 0.65) }
    let others = here.filter { $0 != subject }
    return candidates.isEmpty && others.count == 1 ? (others[0], 0.55) : nil
  }

  /// "the company" and "the city" stand for the organisation or the place last spoken of.
  private func theCompany(_ index: Int, _ sentence: Range<Int>, _ scene: Scene, _ earlier: Scene) -> Mention? {
    guard text.isWord(index, "the"), index + 1 < sentence.upperBound,
      !text.tokens[index + 1].shape.contains(.capital), index + 2 >= sentence.upperBound || !isName(index + 2)
    else { return nil }
    let classes = text.tokens[index + 1].classes
    let isOpening = index == sentence.lowerBound
    var found: (Int, Double)?
    if classes.contains(.organizationNoun) {
      found = subject(scene.organizations, earlier.organizations, isOpening: isOpening)
    } else if classes.contains(.placeNoun) {
      found = subject(scene.places, earlier.places, isOpening: false)
    }
    guard let (antecedent, confidence) = found else { return nil }
    return stand(for: antecedent, index..<index + 2, confidence, isPossessive: false)
  }

  private func isName(_ index: Int) -> Bool {
    text.tokens[index].kind == .word && text.tokens[index].shape.contains(.capital)
      || text.isWord(index, "of") || text.isWord(index, "called") || text.isWord(index, "named")
  }

  private func stand(for antecedent: Int, _ tokens: Range<Int>, _ confidence: Double, isPossessive: Bool) -> Mention {
    var mention = Mention(tokens, mentions[antecedent].type, confidence, possible: mentions[antecedent].possible)
    mention.canonical = antecedent
    mention.isPronoun = true
    mention.isPossessive = isPossessive
    return mention
  }
}
