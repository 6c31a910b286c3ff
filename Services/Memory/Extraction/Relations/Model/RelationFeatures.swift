/// The features of a pair of entities, as hashes: the words between and around their mentions, their types, names and
/// distance, and what the text says of each.
struct RelationFeatures: ~Copyable {
  /// Hashes without order, some more than once; after ``read(_:_:_:)`` each once.
  private var found = FeatureKeys()
  /// Storage that the contexts of a pair are gathered in.
  var between: [UInt64] = []
  var best: [Pairing] = []
  private let places: PlaceContainment

  var keys: [UInt32] { Array(found.all) }

  init(places: PlaceContainment) {
    self.places = places
    between.reserveCapacity(64)
  }

  @inline(__always)
  static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
    var value = (one ^ (other &* 0x9e37_79b9_7f4a_7c15)) &+ 0x632b_e59b_d9b4_e019
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    return value ^ (value >> 29)
  }

  @inline(__always)
  mutating func add(_ template: UInt64, _ value: UInt64, _ context: UInt64) {
    add(Self.mix(template, value), context)
  }

  /// - Parameter mixed: A template and a value.
  @inline(__always)
  mutating func add(_ mixed: UInt64, _ context: UInt64) {
    found.append(UInt32(truncatingIfNeeded: Self.mix(mixed, context) >> 16))
  }

  @inline(__always)
  mutating func add(_ mixed: [UInt64], _ context: UInt64) {
    for one in mixed { add(one, context) }
  }

  /// Finds what a model says of the pair.
  func ask(_ model: RelationModel, _ scratch: inout RelationModel.Scratch) { model.read(found.all, &scratch) }

  // MARK: One entity

  /// Notes what is known of an entity apart from any other.
  static func describe(_ index: Int, of document: RelationDocument) {
    let entity = document.entities[index]
    let words = document.words
    var (asSource, asTarget): ([UInt64], [UInt64]) = ([], [])
    asSource.reserveCapacity(64)
    asTarget.reserveCapacity(64)
    func add(_ template: UInt64, _ value: UInt64) {
      let feature = mix(template, value)
      asSource.append(mix(21, feature))
      asTarget.append(mix(22, feature))
    }
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
    entity.asSource = asSource
    entity.asTarget = asTarget
  }

  // MARK: A pair

  /// Replaces the features with those of a pair, each once.
  mutating func read(_ document: RelationDocument, _ source: Int, _ target: Int) {
    gather(document, source, target)
    found.makeUnique()
  }

  /// Replaces the features with those of a pair, some of them more than once.
  mutating func gather(_ document: RelationDocument, _ source: Int, _ target: Int) {
    found.removeAll()
    let (one, other) = (document.entities[source], document.entities[target])
    let types = UInt64(one.type.rawValue) * 8 + UInt64(other.type.rawValue) + 0x5000
    add(20, 0, types)
    add(one.asSource, types)
    add(other.asTarget, types)
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
}
