/// The features of a pair of entities, as hashes: the words between and around their mentions, their types, names and
/// distance, and what the text says of each.
struct RelationFeatures {
  /// Hashes without order, some more than once; after ``read(_:_:_:)`` each once.
  private(set) var keys: [UInt32] = []
  private var between: [UInt64] = []
  private var best: [Pairing] = []
  private let places: PlaceContainment

  init(places: PlaceContainment) {
    self.places = places
    keys.reserveCapacity(512)
    between.reserveCapacity(64)
  }

  @inline(__always)
  static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
    var value = (one ^ (other &* 0x9e37_79b9_7f4a_7c15)) &+ 0x632b_e59b_d9b4_e019
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    return value ^ (value >> 29)
  }

  @inline(__always)
  private mutating func add(_ template: UInt64, _ value: UInt64, _ context: UInt64) {
    keys.append(UInt32(truncatingIfNeeded: Self.mix(Self.mix(template, value), context) >> 16))
  }

  private mutating func finish() {
    keys.sort()
    var count = 0
    for key in keys where count == 0 || keys[count - 1] != key {
      keys[count] = key
      count += 1
    }
    keys.removeSubrange(count...)
  }

  // MARK: One entity

  static func entity(_ document: RelationDocument, _ index: Int) -> [UInt64] {
    let entity = document.entities[index]
    let words = document.words
    var all: [UInt64] = []
    func add(_ template: UInt64, _ value: UInt64) { all.append(mix(template, value)) }
    let name = entity.fullest.prefix(12)
    add(1, UInt64(entity.kinds))
    if let last = name.last { add(2, words[last].code) }
    if let first = name.first, name.count > 1 { add(3, words[first].code) }
    for word in name.dropFirst().dropLast() { add(4, words[word].code) }
    for name in entity.names.prefix(2) { add(5, name) }
    add(6, UInt64(min(name.count, 5)))
    add(7, UInt64(min(entity.places.count, 4)))
    if entity.countryRank >= 0 {
      add(8, UInt64(min(entity.countryRank, 3)))
      add(9, UInt64(min(entity.countryRank, 3) * 8 + min(document.countryCount, 4)))
    }
    if index == document.head { add(10, 0) }
    add(11, entity.places.first?.sentence == 0 ? 1 : 0)
    if entity.type == .person, let first = name.first, let last = name.last {
      let tokens = document.text.tokens
      add(
        12,
        UInt64((tokens[first].listed.contains(.givenName) ? 1 : 0) + (tokens[last].listed.contains(.surname) ? 2 : 0)))
    }
    for place in entity.places.prefix(3) {
      let (low, high) = (Int(place.tokens.lowerBound), Int(place.tokens.upperBound))
      let sentence = document.text.sentences[Int(place.sentence)]
      func code(_ index: Int) -> UInt64 { sentence.contains(index) ? words[index].code : 1 }
      add(13, code(low - 1))
      add(14, code(high))
      add(15, mix(code(low - 2), code(low - 1)))
      add(16, mix(code(high), code(high + 1)))
      if low == sentence.lowerBound { add(17, 0) }
      func group(_ index: Int) -> UInt64 { sentence.contains(index) ? words[index].group : 1 }
      add(42, group(low - 1))
      add(43, group(high))
      if high < sentence.upperBound, words[high].code == 0x2C || words[high].flags.contains(.be) {
        for index in high + 1..<max(high + 1, min(sentence.upperBound, high + 7))
        where words[index].flags.contains(.content) {
          add(18, words[index].code)
          add(19, words[index].group)
        }
      }
    }
    if let last = name.last { add(40, words[last].group) }
    if let first = name.first, name.count > 1 { add(41, words[first].group) }
    return all
  }

  // MARK: A pair

  /// Replaces the features with those of a pair, each once.
  mutating func read(_ document: RelationDocument, _ source: Int, _ target: Int) {
    gather(document, source, target)
    finish()
  }

  /// Replaces the features with those of a pair, some of them more than once.
  mutating func gather(_ document: RelationDocument, _ source: Int, _ target: Int) {
    keys.removeAll(keepingCapacity: true)
    let (one, other) = (document.entities[source], document.entities[target])
    let types = UInt64(one.type.rawValue) * 8 + UInt64(other.type.rawValue) + 0x5000
    add(20, 0, types)
    for feature in one.features { add(21, feature, types) }
    for feature in other.features { add(22, feature, types) }
    addNames(document, one, other, types)
    addOrder(document, source, target, one, other, types)
    addContexts(document, source, target, one, other, types)
  }

  private mutating func addNames(
    _ document: RelationDocument, _ one: RelationDocument.Entity, _ other: RelationDocument.Entity, _ types: UInt64
  ) {
    let words = document.words
    add(23, UInt64(one.kinds) << 8 | UInt64(other.kinds), types)
    if let left = one.fullest.last.map({ words[$0].code }), let right = other.fullest.last.map({ words[$0].code }) {
      add(24, left &+ UInt64(other.kinds), types)
      add(25, right &+ UInt64(one.kinds), types)
      add(26, Self.mix(left, right), 0)
      if left == right, one.type == .person, other.type == .person { add(27, 0, types) }
    }
    guard one.type != .date, other.type != .date else { return }
    var known: UInt64 = 0
    if other.kinds & 2 != 0, let name = one.names.first {
      var flags: UInt64 = 0
      for country in document.countries.prefix(4) {
        let target = document.entities[country].names
        if target.contains(where: { places.contains(name, in: $0) }) {
          flags |= target.contains(where: other.names.contains) ? 1 : 2
        }
      }
      add(93, flags << 4 | UInt64(min(3, max(0, other.countryRank))), types)
    }
    for left in one.names.prefix(3) {
      for right in other.names.prefix(3) {
        if left == right { known |= 4 }
        if one.kinds & 0xF != 0 && other.kinds & 0xF != 0 {
          if places.contains(left, in: right) { known |= 1 }
          if places.contains(right, in: left) { known |= 2 }
          if places.isCapital(left, of: right) { known |= 8 }
          if places.isCapital(right, of: left) { known |= 16 }
        }
      }
    }
    if known != 0 {
      add(28, known, types)
      add(29, known << 16 | UInt64(one.kinds) << 8 | UInt64(other.kinds), types)
    }
    if one.kinds != 0, other.kinds != 0, let left = one.names.first, let right = other.names.first {
      add(30, Self.mix(left, right), 0)
    }
    var shared = 0
    for left in one.fullest.prefix(8) where words[left].flags.contains(.content) {
      if other.fullest.prefix(8).contains(where: { words[$0].code == words[left].code }) { shared += 1 }
    }
    if shared > 0 {
      add(31, 0, types)
      if shared == one.fullest.count { add(32, 0, types) }
      if shared == other.fullest.count { add(33, 0, types) }
    }
  }

  private mutating func addOrder(
    _ document: RelationDocument, _ source: Int, _ target: Int, _ one: RelationDocument.Entity,
    _ other: RelationDocument.Entity, _ types: UInt64
  ) {
    let first = one.places.first.map { $0.tokens.lowerBound } ?? 0
    if other.type == .date {
      add(95, UInt64(min(5, other.dateRank)), types &+ (source == document.head ? 0x100 : 0))
    }
    if let place = other.places.first {
      let low = Int(place.tokens.lowerBound)
      if low > 1 {
        add(
          97, Self.mix(document.words[low - 2].code, document.words[low - 1].code),
          types &+ (source == document.head ? 0x100 : 0))
      }
    }
    add(34, first < other.places.first.map { $0.tokens.lowerBound } ?? 0 ? 1 : 0, types)
    if source == document.head {
      for word in document.topic { add(35, word, types) }
    } else if target == document.head {
      for word in document.topic { add(36, word, types) }
    } else {
      for word in document.topic.suffix(3) { add(37, word, types) }
    }
    if document.shareSentence(source, target) { add(38, 0, types) }
    if one.isPooled || other.isPooled {
      add(39, one.names.contains { other.names.contains($0) } ? 1 : 0, types)
    }
  }

  private typealias Pairing = (gap: Int32, left: RelationDocument.Place, right: RelationDocument.Place)

  private mutating func addContexts(
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
    for stem in document.stems[Int(left.sentence)] { add(72, stem, typed) }
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
