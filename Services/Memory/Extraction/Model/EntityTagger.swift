import Foundation

/// Tags the tokens of sentences: the best sequence of tags by Viterbi's algorithm, and how probable each name of it is
/// by the forward-backward algorithm.
///
/// One value serves a whole text and keeps its storage between sentences: nothing is allocated for a token. It takes
/// time linear in the number of tokens.
package struct EntityTagger: Sendable {
  /// Longer sentences are tagged in pieces.
  static let longestSentence = 400
  private static let tags = EntityTag.count
  /// A kind is possible beside the best one from this probability on.
  private static let possibleShare = 0.12

  private let model: EntityModel
  private var network: EntityNetwork
  package private(set) var forms: SentenceForms
  /// Scores of the tags by token, in steps of the model's weights.
  private var scores: [SIMD8<Int32>] = []
  /// By token and tag: the tag before it on the best path there.
  private var back: [SIMD8<UInt8>] = []
  private var path: [UInt8] = []
  private var forward: [SIMD8<Double>] = []
  private var backward: [SIMD8<Double>] = []
  private var local: [SIMD8<Double>] = []

  package init(
    model: EntityModel = .embedded, lists: NameLists = .embedded, words: WordTable = .embedded,
    vectors: WordVectors = .embedded
  ) {
    self.model = model
    network = EntityNetwork(model)
    forms = SentenceForms(lists: lists, words: words, vectors: vectors)
  }

  /// Finds the names of one sentence.
  ///
  /// - Parameters:
  ///   - tokens: Byte ranges of its words in `bytes`; each holds whole characters.
  ///   - adjust: Changes the scores before the tags are chosen: adds to what the caller knows better.
  package mutating func names(
    _ tokens: ArraySlice<Range<Int>>, of bytes: [UInt8],
    adjust: (SentenceForms, inout TagScores) -> Void = { _, _ in }
  ) -> [TaggedName] {
    var names: [TaggedName] = []
    var start = tokens.startIndex
    while start < tokens.endIndex {
      let end = min(tokens.endIndex, start + Self.longestSentence)
      let offset = start - tokens.startIndex
      forms.read(tokens[start..<end], of: bytes)
      network.score(forms, into: &scores)
      var adjusted = TagScores(scores: scores, step: model.step, offset: offset)
      scores = []
      adjust(forms, &adjusted)
      scores = adjusted.scores
      decode()
      for var name in read() {
        name.tokens = name.tokens.lowerBound + offset..<name.tokens.upperBound + offset
        names.append(name)
      }
      start = end
    }
    return names
  }

  /// The best path: all tags of a token at once.
  private mutating func decode() {
    let count = forms.count
    path.removeAll(keepingCapacity: true)
    guard count > 0 else { return }
    if back.count < count { back = Array(repeating: .zero, count: count) }
    let transitions = model.transitions
    var best = scores[0] &+ transitions[Self.tags]
    for index in 1..<max(1, count) {
      var highest = SIMD8(repeating: best[0]) &+ transitions[0]
      var from = SIMD8<Int32>.zero
      for previous in 1..<Self.tags {
        let value = SIMD8(repeating: best[previous]) &+ transitions[previous]
        let isHigher = value .> highest
        highest.replace(with: value, where: isHigher)
        from.replace(with: SIMD8(repeating: Int32(previous)), where: isHigher)
      }
      // Impossible paths do not add up beyond what a number holds.
      best = pointwiseMax(SIMD8(repeating: -100_000_000), highest &+ scores[index])
      back[index] = SIMD8<UInt8>(truncatingIfNeeded: from)
    }
    var tag = 0
    for other in 1..<Self.tags where best[other] > best[tag] { tag = other }
    path.append(contentsOf: repeatElement(0, count: count))
    for index in stride(from: count - 1, through: 0, by: -1) {
      path[index] = UInt8(tag)
      tag = Int(back[index][tag])
    }
  }

  private mutating func read() -> [TaggedName] {
    guard path.contains(where: { $0 != 0 }) else { return [] }
    weigh()
    let sentence = countWords(0..<forms.count)
    var names: [TaggedName] = []
    var index = 0
    while index < path.count {
      guard let tag = EntityTag(rawValue: Int(path[index])), let inside = tag.continuation else {
        index += 1
        continue
      }
      var end = index + 1
      while end < path.count, path[end] == UInt8(inside.rawValue) { end += 1 }
      let probability = probability(of: index..<end, tag, inside)
      let seen = describe(index..<end, tag, probability, in: sentence)
      names.append(
        TaggedName(
          tokens: index..<end, tag: tag, seen: seen, confidence: model.calibration.confidence(of: seen),
          possible: possible(at: index, tag)))
      index = end
    }
    return names
  }

  /// How many of some tokens are words, begin with a capital, and are in no table.
  private struct WordCounts {
    var words = 0
    var capitals = 0
    var unknown = 0
  }

  private func countWords(_ tokens: Range<Int>) -> WordCounts {
    var counts = WordCounts()
    for index in tokens where forms[index].kind == .word {
      counts.words += 1
      if forms[index].capitals == .first || forms[index].capitals == .all { counts.capitals += 1 }
      if forms[index].frequency == 0 { counts.unknown += 1 }
    }
    return counts
  }

  private func describe(
    _ tokens: Range<Int>, _ tag: EntityTag, _ probability: Double, in sentence: WordCounts
  ) -> EntityCalibration.Name {
    let own = countWords(tokens)
    let words = Double(max(1, sentence.words - own.words))
    let kind =
      switch tag {
      case .beginsPerson, .insidePerson: 0
      case .beginsLocation, .insideLocation: 1
      case .beginsOrganization, .insideOrganization: 2
      case .outside, .other: 3
      }
    let first = forms[tokens.lowerBound]
    return EntityCalibration.Name(
      probability: probability, kind: kind, words: tokens.count,
      isSmall: tokens.allSatisfy { forms[$0].capitals == .none || forms[$0].capitals == .signs },
      isCapitals: tokens.allSatisfy { forms[$0].capitals == .all && forms[$0].foldEnd - forms[$0].foldStart > 1 },
      isListed: first.listed | first.listedInside != 0,
      unknown: Double(tokens.count { forms[$0].frequency == 0 }) / Double(tokens.count),
      capitalsAround: Double(sentence.capitals - own.capitals) / words,
      unknownAround: Double(sentence.unknown - own.unknown) / words, sentenceWords: forms.count)
  }

  /// The forward and backward sums of the sentence, each token's scaled to one: all tags of a token at once.
  private mutating func weigh() {
    let count = forms.count
    let scale = Double(model.step)
    if local.count < count {
      local = Array(repeating: .zero, count: count)
      forward = local
      backward = local
    }
    let shares = model.shares
    for index in 0..<count {
      let behind = scores[index].max() &- scores[index]
      var weights = SIMD8<Double>.zero
      for tag in 0..<Self.tags {
        let steps = Int(behind[tag])
        weights[tag] = steps < shares.count ? shares[steps] : exp(-Double(steps) * scale)
      }
      local[index] = weights
    }
    let (factors, factorsByNext) = (model.factors, model.factorsByNext)
    var last = Self.scaled(factors[Self.tags] * local[0])
    forward[0] = last
    for index in 1..<max(1, count) {
      var sums = SIMD8<Double>.zero
      for previous in 0..<Self.tags { sums += last[previous] * factors[previous] }
      last = Self.scaled(sums * local[index])
      forward[index] = last
    }
    last = .one
    backward[count - 1] = last
    for index in stride(from: count - 2, through: 0, by: -1) {
      let weights = local[index + 1]
      var sums = SIMD8<Double>.zero
      for next in 0..<Self.tags { sums += factorsByNext[next] * weights[next] * last[next] }
      last = Self.scaled(sums)
      backward[index] = last
    }
  }

  /// Values that add up to one.
  private static func scaled(_ values: SIMD8<Double>) -> SIMD8<Double> { values / max(sum(values), 1e-300) }

  /// One after another, so that the sum is the same everywhere.
  private static func sum(_ values: SIMD8<Double>) -> Double {
    var total = 0.0
    for tag in 0..<tags { total += values[tag] }
    return total
  }

  private func share(_ index: Int, _ tag: Int) -> Double {
    let shares = forward[index] * backward[index]
    return shares[tag] / max(Self.sum(shares), 1e-300)
  }

  /// That a name of the kind begins at the first token, goes on to the last, and ends there.
  private func probability(of tokens: Range<Int>, _ tag: EntityTag, _ inside: EntityTag) -> Double {
    var probability = share(tokens.lowerBound, tag.rawValue)
    var current = tag.rawValue
    for index in tokens.dropFirst() {
      probability *= step(from: current, to: inside.rawValue, at: index)
      current = inside.rawValue
    }
    if tokens.upperBound < forms.count {
      probability *= 1 - step(from: current, to: inside.rawValue, at: tokens.upperBound)
    }
    return probability
  }

  /// The probability of a tag at a token when the one before it is known.
  private func step(from previous: Int, to tag: Int, at index: Int) -> Double {
    let shares = model.factors[previous] * local[index] * backward[index]
    return shares[tag] / max(Self.sum(shares), 1e-300)
  }

  private func possible(at index: Int, _ tag: EntityTag) -> EntityTypes {
    var types = tag.type.map { EntityTypes($0) } ?? []
    for other in [EntityTag.beginsPerson, .beginsLocation, .beginsOrganization] {
      if let type = other.type, share(index, other.rawValue) >= Self.possibleShare { types.insert(EntityTypes(type)) }
    }
    return types
  }
}
