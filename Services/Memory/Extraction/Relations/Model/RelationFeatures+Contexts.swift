/// What the text says where both entities of a pair are mentioned, or as near to each other as it mentions them.
extension RelationFeatures {
  /// A mention of each, and how many words lie between them.
  typealias Pairing = (gap: Int32, left: RelationDocument.Place, right: RelationDocument.Place)

  mutating func addContexts(
    _ document: RelationDocument, _ source: Int, _ target: Int, _ one: RelationDocument.Entity,
    _ other: RelationDocument.Entity, _ types: UInt64
  ) {
    let isSame = one.names.contains { other.names.contains($0) }
    let (lefts, rights) = isSame ? (one.places, other.places) : (one.pooled, other.pooled)
    // The nearest mentions of each sentence that has both, and of them the three nearest.
    best.removeAll(keepingCapacity: true)
    var apart: (Int32, RelationDocument.Place, RelationDocument.Place)?
    for left in lefts {
      for right in rights {
        let distance = abs(left.sentence - right.sentence)
        guard distance == 0 else {
          if apart.map({ distance < $0.0 }) ?? true { apart = (distance, left, right) }
          continue
        }
        let gap = max(
          right.tokens.lowerBound - left.tokens.upperBound, left.tokens.lowerBound - right.tokens.upperBound)
        if let index = best.firstIndex(where: { $0.left.sentence == left.sentence }) {
          if gap < best[index].gap { best[index] = (gap, left, right) }
        } else {
          best.append((gap, left, right))
        }
      }
    }
    if best.isEmpty {
      if let (distance, left, right) = apart { addDistant(document, source, target, distance, left, right, types) }
      return
    }
    best.sort { ($0.gap, $0.left.sentence) < ($1.gap, $1.left.sentence) }
    add(40, UInt64(min(3, best.count)), types)
    if best.contains(where: { $0.left.sentence == 0 }) { add(41, 0, types) }
    for pairing in best.prefix(3) { addContext(document, pairing, types) }
  }

  private mutating func addDistant(
    _ document: RelationDocument, _ source: Int, _ target: Int, _ distance: Int32, _ left: RelationDocument.Place,
    _ right: RelationDocument.Place, _ types: UInt64
  ) {
    add(42, UInt64(min(6, distance)), types)
    addAround(document, left, 43, distance == 1, types &+ (target == document.head ? 0x100 : 0))
    addAround(document, right, 46, distance == 1, types &+ (source == document.head ? 0x100 : 0))
  }

  private mutating func addAround(
    _ document: RelationDocument, _ place: RelationDocument.Place, _ template: UInt64, _ isNear: Bool, _ types: UInt64
  ) {
    let sentence = document.text.sentences[Int(place.sentence)]
    let (low, high) = (Int(place.tokens.lowerBound), Int(place.tokens.upperBound))
    for index in max(sentence.lowerBound, low - 6)..<low where document.words[index].flags.contains(.content) {
      add(template, document.words[index].code, types)
      if isNear { add(template &+ 1, document.words[index].code, types) }
    }
    guard isNear else { return }
    for index in high..<min(sentence.upperBound, high + 5) where document.words[index].flags.contains(.content) {
      add(template &+ 2, document.words[index].code, types)
    }
  }

  /// Longer stretches are looked at from their two ends.
  private static let longest = 48

  private mutating func addContext(_ document: RelationDocument, _ pairing: Pairing, _ types: UInt64) {
    let (_, left, right) = pairing
    let words = document.words
    let forward = left.tokens.lowerBound < right.tokens.lowerBound
    let (first, second) = forward ? (left, right) : (right, left)
    let (low, high) = (Int(first.tokens.upperBound), Int(second.tokens.lowerBound))
    let direction: UInt64 = forward ? 0x7001 : 0x7002
    let typed = types &+ (forward ? 0x10000 : 0x20000)
    guard low <= high else {
      add(49, 0, typed)
      return
    }
    addBetween(document, low..<high, direction, typed)
    let sentence = document.text.sentences[Int(left.sentence)]
    let (start, end) = (Int(first.tokens.lowerBound), Int(second.tokens.upperBound))
    func code(_ index: Int) -> UInt64 { sentence.contains(index) ? words[index].code : 1 }
    for step in 1...3 {
      add(60 &+ UInt64(step), code(start - step), direction)
      add(64 &+ UInt64(step), code(end + step - 1), direction)
    }
    add(68, Self.mix(code(start - 2), code(start - 1)), typed)
    add(69, Self.mix(code(end), code(end + 1)), typed)
    func group(_ index: Int) -> UInt64 { sentence.contains(index) ? words[index].group : 1 }
    add(86, group(start - 1), direction)
    add(87, group(end), direction)
    addRivals(document, pairing, typed)
    add(document.stems[Int(left.sentence)], typed)
  }

  /// How many other entities of the same types stand nearer.
  private mutating func addRivals(_ document: RelationDocument, _ pairing: Pairing, _ typed: UInt64) {
    let (gap, left, right) = pairing
    func nearer(_ from: RelationDocument.Place, than: RelationDocument.Place) -> UInt64 {
      let type = document.entities[Int(than.entity)].type
      let start = Int(document.placeAt[Int(from.tokens.lowerBound)])
      guard start >= 0 else { return 7 }
      var count: UInt64 = 0
      for step in [-1, 1] {
        var index = start + step
        while document.places.indices.contains(index), count < 3 {
          let place = document.places[index]
          let distance =
            step > 0
            ? place.tokens.lowerBound - from.tokens.upperBound : from.tokens.lowerBound - place.tokens.upperBound
          guard place.sentence == from.sentence, distance < gap else { break }
          if document.entities[Int(place.entity)].type == type, place.entity != than.entity,
            place.entity != from.entity
          {
            count += 1
          }
          index += step
        }
      }
      return count
    }
    let (one, other) = (nearer(left, than: right), nearer(right, than: left))
    add(90, one, typed)
    add(91, other, typed)
    add(92, one * 8 + other, typed)
  }

  private static func bucket(_ distance: Int) -> UInt64 {
    switch distance {
    case ..<4: UInt64(distance)
    case ..<6: 4
    case ..<9: 6
    case ..<14: 9
    case ..<22: 14
    default: 22
    }
  }

  private mutating func addBetween(
    _ document: RelationDocument, _ range: Range<Int>, _ direction: UInt64, _ typed: UInt64
  ) {
    let words = document.words
    between.removeAll(keepingCapacity: true)
    add(50, Self.bucket(range.count), typed)
    var names = 0
    var depth = 0
    var light = 0
    var isList = true
    var firstContent: UInt64?
    var lastContent: UInt64 = 0
    var lastStem: UInt64 = 0
    var groups: UInt64 = 0
    var (clean, cleanCount): (UInt64, Int) = (0, 0)
    var previousGroup: UInt64 = 2
    var preposition: UInt64?
    var skipping: UInt64 = 0
    var index = range.lowerBound
    let jump = range.count > Self.longest ? range.lowerBound + Self.longest / 2 : Int.max
    while index < range.upperBound {
      if index == jump { index = range.upperBound - Self.longest / 2 }
      let place = Int(document.placeAt[index])
      if place >= 0, Int(document.places[place].tokens.upperBound) <= range.upperBound {
        let type = document.entities[Int(document.places[place].entity)].type
        between.append(0x9000 &+ UInt64(type.rawValue))
        skipping = Self.mix(skipping, 0x9000 &+ UInt64(type.rawValue))
        groups = Self.mix(groups, 0x9000 &+ UInt64(type.rawValue))
        add(82, Self.mix(previousGroup, 0x9000 &+ UInt64(type.rawValue)), direction)
        previousGroup = 0x9000 &+ UInt64(type.rawValue)
        if depth == 0 {
          clean = Self.mix(clean, 0x9000 &+ UInt64(type.rawValue))
          cleanCount += 1
        }
        names += 1
        index = Int(document.places[place].tokens.upperBound)
        continue
      }
      let word = words[index]
      between.append(word.code)
      if !word.flags.contains(.joint) { isList = false }
      if word.flags.contains(.open) { depth += 1 }
      if word.flags.contains(.close) { depth -= 1 }
      if word.flags.contains(.preposition) { preposition = word.code }
      if word.flags.contains(.light) {
        light += 1
      } else {
        skipping = Self.mix(skipping, word.code)
        groups = Self.mix(groups, word.group)
      }
      if depth == 0, word.flags.isDisjoint(with: [.light, .open, .close]) {
        clean = Self.mix(clean, word.code)
        cleanCount += 1
      }
      add(82, Self.mix(previousGroup, word.group), direction)
      previousGroup = word.group
      add(51, word.code, direction)
      if word.flags.contains(.content) {
        add(52, word.code, typed)
        add(53, word.stem, typed)
        if firstContent == nil { firstContent = word.code }
        lastContent = word.code
        lastStem = word.stem
        add(80, word.group, typed)
      }
      index += 1
    }
    add(54, UInt64(min(names, 5)), typed)
    add(55, UInt64(bitPattern: Int64(max(-2, min(2, depth)))), typed)
    if isList { add(56, 0, typed) }
    if let firstContent {
      add(57, firstContent, typed)
      add(58, lastContent, typed)
    }
    if let preposition {
      add(59, preposition, typed)
      add(84, Self.mix(preposition, lastStem), typed)
    }
    if let first = between.first, let last = between.last { add(83, Self.mix(first, last), typed) }
    add(82, Self.mix(previousGroup, 3), direction)
    if cleanCount <= 5 { add(85, clean, typed) }
    if between.count <= 7 {
      let path = between.reduce(0x77) { Self.mix($0, $1) }
      add(73, path, typed)
      add(74, path, direction)
    }
    if between.count - light <= 5 {
      add(75, skipping, typed)
      add(81, groups, typed)
    }
    var current: UInt64 = 2
    between.append(3)
    for code in between {
      add(76, Self.mix(current, code), direction)
      current = code
    }
  }
}
