extension MentionFinder {
  /// Weighs everything that is known of one name.
  func evidence(for name: Range<Int>, _ sentence: Range<Int>, _ style: SentenceStyle) -> Evidence {
    var evidence = Evidence()
    addLists(name, &evidence)
    addInside(name, &evidence)
    addBefore(name, sentence, &evidence)
    addAfter(name, sentence, &evidence)
    return evidence
  }

  private func addLists(_ name: Range<Int>, _ evidence: inout Evidence) {
    let whole = kinds(of: name) ?? []
    if whole.contains(.country) { evidence[.location] += 9 }
    if whole.contains(.region) { evidence[.location] += 4 }
    if whole.contains(.city) { evidence[.location] += name.count > 1 ? 5 : 3 }
    // A city that texts name as an organisation lends its name to a team: the city is meant more often.
    if whole.isSuperset(of: [.city, .seenOrganization]) { evidence[.location] += 2 }
    if whole.contains(.company) { evidence[.organization] += 6 }
    if whole.contains(.seenLocation) { evidence[.location] += 4 }
    if whole.contains(.seenOrganization) { evidence[.organization] += 4 }
    if whole.contains(.seenProduct) { evidence[.product] += 3 }
    if whole.contains(.seenPerson) { evidence[.person] += 4 }
    let first = text.tokens[name.lowerBound].listed
    if name.count == 1 {
      if first.contains(.frequentGivenName) {
        evidence[.person] += 5
      } else if first.contains(.givenName) {
        evidence[.person] += 3
      }
      if first.contains(.frequentSurname) {
        evidence[.person] += 2
      } else if first.contains(.surname) {
        evidence[.person] += 1
      }
      return
    }
    let lastIndex = lastOfPerson(name)
    let last = text.tokens[lastIndex].listed
    if first.contains(.frequentGivenName) {
      evidence[.person] += 5
    } else if first.contains(.givenName) {
      evidence[.person] += 3
    }
    if last.contains(.frequentSurname) {
      evidence[.person] += 3
    } else if last.contains(.surname) {
      evidence[.person] += 2
    }
    if name.count <= 3, first.contains(.givenName), last.isDisjoint(with: [.endsOrganization, .endsLocation]) {
      evidence[.person] += 2
    }
    if last.contains(.endsOrganization) { evidence[.organization] += 3 }
    if last.contains(.endsLocation) { evidence[.location] += 3 }
    // A listed place at the front of a longer name: "New York Yankees", "London Symphony".
    if whole.isDisjoint(with: .name), !first.isDisjoint(with: [.city, .country, .region]), !first.contains(.givenName) {
      evidence[.organization] += 2
    }
  }

  /// The word that would be the surname: before "Jr." and the like.
  private func lastOfPerson(_ name: Range<Int>) -> Int {
    var index = name.upperBound - 1
    while index > name.lowerBound,
      text.tokens[index].kind != .word || text.tokens[index].classes.contains(.generation)
    {
      index -= 1
    }
    return index
  }

  private func addInside(_ name: Range<Int>, _ evidence: inout Evidence) {
    let first = text.tokens[name.lowerBound]
    let last = text.tokens[name.upperBound - 1]
    if name.count > 1 {
      if last.classes.contains(.organizationSuffix) { evidence[.organization] += 9 }
      if last.classes.contains(.organizationHead) { evidence[.organization] += 7 }
      if last.classes.contains(.placeHead) { evidence[.location] += 6 }
      if last.classes.contains(.eventHead) { evidence[.event] += 8 }
      if last.classes.contains(.generation), first.listed.contains(.givenName) { evidence[.person] += 3 }
      // "University of X", "Lake Geneva", "Battle of Y".
      let of = name.dropFirst().first { text.isWord($0, "of") || text.isWord($0, "for") }
      let head = of.map { text.tokens[$0 - 1].classes } ?? first.classes
      if head.contains(.organizationHead) { evidence[.organization] += of == nil ? 3 : 7 }
      if head.contains(.placeHead) { evidence[.location] += of == nil ? 5 : 6 }
      if head.contains(.eventHead) { evidence[.event] += of == nil ? 2 : 8 }
      if first.classes.contains(.productHead) || last.shape.contains(.hasDigit) { evidence[.product] += 6 }
      if last.kind == .number, first.classes.isDisjoint(with: .productHead) {
        let before = text.tokens[name.upperBound - 2].classes
        if before.contains(.eventHead) { evidence[.event] += 6 }
      }
      for index in name where text.tokens[index].kind == .word {
        let token = text.tokens[index]
        if token.classes.contains(.organizationSuffix) && index > name.lowerBound { evidence[.organization] += 3 }
        if token.shape.contains(.dotted), token.letters == 1 { evidence[.person] += 4 }
        if token.classes.contains(.particle), !token.shape.contains(.capital) { evidence[.person] += 2 }
        if text.isWord(index, "and") { evidence[.organization] += 4 }
      }
      if name.contains(where: { text.tokens[$0].kind == .symbol }) { evidence[.organization] += 5 }
      if name.count <= 3 { evidence[.person] += 1 }
    } else {
      if first.shape.contains(.allCapitals), first.letters >= 2, first.letters <= 6 { evidence[.organization] += 3 }
      if first.shape.contains(.allCapitals), text.isWord(name.lowerBound, "us") || text.isWord(name.lowerBound, "u.s") {
        evidence[.location] += 12
      }
      if first.shape.contains(.innerCapital), first.listed.isDisjoint(with: .person) { evidence[.organization] += 2 }
      if first.classes.contains(.productHead) { evidence[.product] += 7 }
      if first.shape.contains(.hasDigit) { evidence[.product] += 3 }
      if first.classes.contains(.demonym) { evidence[.location] -= 2 }
    }
  }

  private func addBefore(_ name: Range<Int>, _ sentence: Range<Int>, _ evidence: inout Evidence) {
    let index = name.lowerBound - 1
    guard index >= sentence.lowerBound else { return }
    let token = text.tokens[index]
    if token.classes.contains(.title), token.shape.contains(.capital) { evidence[.person] += 9 }
    if token.classes.contains(.role) { evidence[.person] += token.shape.contains(.capital) ? 7 : 4 }
    if token.classes.contains(.locative) {
      evidence[.location] += text.isWord(index, "in") ? 4 : 2
      if text.isWord(index, "at") { evidence[.organization] += 3 }
      if text.isWord(index, "from") || text.isWord(index, "to") { evidence[.person] += 1 }
    } else if text.isWord(index, "by") || text.isWord(index, "with") {
      evidence[.person] += 1
    } else if text.isWord(index, "for") {
      evidence[.organization] += 1
    } else if text.isWord(index, "the") {
      evidence[.person] -= 4
      evidence[.organization] += 2
    } else if text.isWord(index, "of"), index > sentence.lowerBound {
      if text.tokens[index - 1].classes.contains(.placeNoun) { evidence[.location] += 5 }
      if text.tokens[index - 1].classes.contains(.role) { evidence[.organization] += 3 }
    }
    if token.classes.contains(.organizationNoun), !token.shape.contains(.capital) { evidence[.organization] += 5 }
    if token.classes.contains(.placeNoun), !token.shape.contains(.capital) { evidence[.location] += 3 }
    if token.classes.contains(.speech) { evidence[.person] += 2 }
    // "Austin, Texas": the second place speaks for the first, and the first for the second.
    if token.kind == .comma, let before = mentions.last, before.tokens.upperBound == index,
      let scores = self.evidence.last, scores.best == .location, !(kinds(of: name) ?? []).isDisjoint(with: .place)
    {
      evidence[.location] += 2
    }
  }

  private func addAfter(_ name: Range<Int>, _ sentence: Range<Int>, _ evidence: inout Evidence) {
    let index = name.upperBound
    guard index < sentence.upperBound else { return }
    let token = text.tokens[index]
    if token.classes.contains(.speech) {
      evidence[.person] += 3
      evidence[.organization] += 1
    }
    if text.isWord(index, "who") { evidence[.person] += 4 }
    guard index + 1 < sentence.upperBound else { return }
    let next = text.tokens[index + 1]
    if token.kind == .comma {
      if text.isWord(index + 1, "who") { evidence[.person] += 4 }
      if next.listed.contains(.country) || next.listed.contains(.region) && !next.listed.contains(.givenName) {
        evidence[.location] += 4
      }
    }
    if token.kind == .possessive, next.classes.contains(.role), !next.shape.contains(.capital) {
      evidence[.organization] += 2
    }
    if token.classes.contains(.role), token.shape.contains(.capital) { evidence[.organization] += 3 }
  }

  /// Settles each name's type; the same words in the same text name one thing.
  mutating func decideTypes() {
    var sums: [UInt64: Evidence] = [:]
    for (mention, evidence) in zip(mentions, evidence) where mention.confidence == 0 {
      sums[text.hash(mention.tokens), default: Evidence()].add(evidence)
    }
    for index in mentions.indices where mentions[index].confidence == 0 {
      var total = sums[text.hash(mentions[index].tokens)] ?? Evidence()
      addDefault(mentions[index].tokens, &total)
      mentions[index].type = total.best
      mentions[index].possible = total.possible
      mentions[index].confidence = total.confidence
    }
  }

  /// What a capitalised run is when nothing else is known: two or three words are a person more often than not.
  private func addDefault(_ name: Range<Int>, _ evidence: inout Evidence) {
    if name.count == 2 || name.count == 3 { evidence[.person] += 1 } else { evidence[.organization] += 1 }
  }
}
