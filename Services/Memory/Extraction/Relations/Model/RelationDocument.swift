/// A text as the relation model sees it: coded words, sentences, and entities with their mentions.
///
/// What it holds of each sentence and entity is bounded, so that the work for a pair of entities is too.
struct RelationDocument {
  struct Word {
    struct Flags: OptionSet {
      let rawValue: UInt8
      /// A word that carries meaning: in no closed class.
      static let content = Flags(rawValue: 1)
      static let preposition = Flags(rawValue: 2)
      /// Articles, commas and the like, which a path may do without.
      static let light = Flags(rawValue: 4)
      /// Commas and conjunctions: what stands between the parts of a list.
      static let joint = Flags(rawValue: 8)
      static let open = Flags(rawValue: 16)
      static let close = Flags(rawValue: 32)
      static let be = Flags(rawValue: 64)
      static let letters = Flags(rawValue: 128)
    }

    var code: UInt64
    /// The code of its first six bytes: forms of one word share it.
    var stem: UInt64
    /// Its class among words that are used alike, or the code of a word that has none.
    var group: UInt64
    var flags: Flags
  }

  /// Where an entity is mentioned.
  struct Place {
    var entity: Int32
    var sentence: Int32
    var tokens: Range<Int32>
  }

  /// Not copied but shared: each pair reads two of them. Nobody changes one after the document is made.
  final class Entity {
    let type: RelationEntityType
    /// The canonical mention: an index into the mentions that the document was made from.
    let canonical: Int
    /// Its mentions, the first ``mostPlaces`` of them.
    @exclusivity(unchecked) var places: [Place] = []
    /// With the mentions of entities that share a name: "Cuban" and "Cuba".
    @exclusivity(unchecked) var pooled: [Place] = []
    @exclusivity(unchecked) var isPooled = false
    /// The keys of its names.
    @exclusivity(unchecked) var names: [UInt64] = []
    /// The fullest name's tokens.
    @exclusivity(unchecked) var fullest: Range<Int> = 0..<0
    @exclusivity(unchecked) var kinds: UInt8 = 0
    /// Its place among the countries of the text, the most mentioned first; -1 for what is none.
    @exclusivity(unchecked) var countryRank = -1
    /// Its place among the dates of the text.
    @exclusivity(unchecked) var dateRank = 0
    /// What is known of it apart from any other, as the source and as the target of a pair: see ``RelationFeatures``.
    @exclusivity(unchecked) var asSource: [UInt64] = []
    @exclusivity(unchecked) var asTarget: [UInt64] = []

    init(type: RelationEntityType, canonical: Int) {
      self.type = type
      self.canonical = canonical
    }
  }

  static let mostPlaces = 16
  static let mostEntities = 4096

  let text: TokenizedText
  private(set) var words: [Word] = []
  private(set) var entities: [Entity] = []
  /// By token: the place that begins there, an index into ``places``; -1 for none.
  private(set) var placeAt: [Int32]
  private(set) var places: [Place] = []
  /// The entity that the text is about, as far as one can tell: the one it names first.
  private(set) var head = -1
  /// The words that say what the first entity is: "an American film directed".
  private(set) var topic: [UInt64] = []
  private(set) var countryCount = 0
  /// The first entity of each country, the most mentioned first.
  private(set) var countries: [Int] = []
  /// Each sentence's words by their stems, the first forty: see ``RelationFeatures``.
  private(set) var stems: [[UInt64]] = []

  init(text: TokenizedText, mentions: [Mention], lists: NameLists) {
    self.text = text
    placeAt = Array(repeating: -1, count: text.tokens.count)
    addWords()
    addEntities(mentions, lists)
    poolEquivalents()
    findTopic()
    for index in entities.indices { RelationFeatures.describe(index, of: self) }
  }

  private mutating func addWords() {
    words.reserveCapacity(text.tokens.count)
    for token in text.tokens {
      var flags: Word.Flags = []
      var code = token.hash
      var stem = code
      switch token.kind {
      case .word, .possessive:
        if token.kind == .word { flags.insert(.letters) }
        if token.kind == .word, token.letters > 1, token.classes.isDisjoint(with: .closed) { flags.insert(.content) }
        if !token.classes.isDisjoint(with: [.preposition, .locative]) { flags.insert(.preposition) }
        if token.classes.contains(.determiner) { flags.insert(.light) }
        if token.classes.contains(.conjunction) { flags.insert(.joint) }
        if token.classes.contains(.be) { flags.insert(.be) }
        if token.kind == .possessive { code = 0x27 }
        if token.foldEnd - token.foldStart > 6 {
          var hash = KeyHash()
          for index in token.foldStart..<token.foldStart + 6 { hash.add(text.folded[index]) }
          stem = hash.value
        }
      case .number:
        // Numbers count by their length alone: years, days.
        code = UInt64(0x100 + min(9, token.end - token.start))
      case .comma:
        code = 0x2C
        flags = [.light, .joint]
      case .open:
        code = 0x28
        flags.insert(.open)
      case .close:
        code = 0x29
        flags.insert(.close)
      case .quote: code = 0x22
      case .stop, .currency, .symbol, .email, .url, .handle:
        var hash = KeyHash()
        for index in token.start..<min(token.end, token.start + 4) { hash.add(text.bytes[index]) }
        code = hash.value
        if text.bytes[token.start] == UInt8(ascii: ";") { flags.insert(.joint) }
      }
      var group = code
      if flags.contains(.letters), token.classes.isDisjoint(with: .closed) {
        let entry = WordTable.embedded.entry(of: token.hash)
        let number = token.shape.contains(.capital) ? entry.capitalClass | 0x400 : entry.lowerClass
        group = number & 0x3FF == 0 ? 0xA000 &+ (token.shape.contains(.capital) ? 1 : 0) : 0xB000 &+ number
      }
      words.append(Word(code: code, stem: stem, group: group, flags: flags))
    }
  }

  private mutating func addEntities(_ mentions: [Mention], _ lists: NameLists) {
    var entityOf = [Int32](repeating: -1, count: mentions.count)
    let order = mentions.indices.sorted { mentions[$0].tokens.lowerBound < mentions[$1].tokens.lowerBound }
    for index in order {
      let mention = mentions[index]
      let canonical = mention.canonical
      guard let type = RelationEntityType(mentions[canonical].type) else { continue }
      if entityOf[canonical] < 0 {
        guard entities.count < Self.mostEntities else { continue }
        entityOf[canonical] = Int32(entities.count)
        entities.append(Entity(type: type, canonical: canonical))
        if head < 0, type != .date { head = entities.count - 1 }
      }
      let number = Int(entityOf[canonical])
      let place = Place(
        entity: Int32(number), sentence: text.tokens[mention.tokens.lowerBound].sentence,
        tokens: Int32(mention.tokens.lowerBound)..<Int32(mention.tokens.upperBound))
      if placeAt[mention.tokens.lowerBound] < 0 {
        placeAt[mention.tokens.lowerBound] = Int32(places.count)
        places.append(place)
      }
      guard entities[number].places.count < Self.mostPlaces else { continue }
      entities[number].places.append(place)
      if !mention.isPronoun { addName(mention.tokens, to: number, lists) }
    }
    for index in entities.indices where entities[index].fullest.isEmpty {
      entities[index].fullest = mentions[entities[index].canonical].tokens
    }
  }

  private mutating func addName(_ tokens: Range<Int>, to number: Int, _ lists: NameLists) {
    if tokens.count > entities[number].fullest.count { entities[number].fullest = tokens }
    guard entities[number].names.count < 6 else { return }
    var name = tokens
    if name.count > 1, text.isWord(name.lowerBound, "the") { name = name.lowerBound + 1..<name.upperBound }
    let hash = text.hash(name)
    let key = PlaceNames.key(hash)
    guard !entities[number].names.contains(key) else { return }
    entities[number].names.append(key)
    var kinds = entities[number].kinds
    if PlaceNames.isContinent(key) { kinds |= 1 }
    if PlaceNames.isCountry(key) { kinds |= 2 }
    if entities[number].type != .date, let entry = lists.entry(of: hash) {
      if entry.kinds.contains(.country) { kinds |= 2 }
      if entry.kinds.contains(.region) { kinds |= 4 }
      if entry.kinds.contains(.city) { kinds |= 8 }
      if entry.kinds.contains(.company) { kinds |= 16 }
    }
    entities[number].kinds = kinds
  }

  /// The first four entities that have a name.
  private struct Holders {
    private var entities = SIMD4<Int32>(repeating: 0)
    private var count = 0

    var indices: [Int] { (0..<count).map { Int(entities[$0]) } }

    mutating func add(_ entity: Int) {
      guard count < SIMD4<Int32>.scalarCount else { return }
      entities[count] = Int32(entity)
      count += 1
    }
  }

  /// Joins what entities that share a name have beside them, and ranks the countries.
  private mutating func poolEquivalents() {
    var byName: [UInt64: Holders] = [:]
    byName.reserveCapacity(entities.count)
    for (index, entity) in entities.enumerated() where entity.type != .date {
      for name in entity.names { byName[name, default: Holders()].add(index) }
    }
    for (index, entity) in entities.enumerated() {
      var same: [Int] = []
      for name in entity.names {
        guard let holders = byName[name] else { continue }
        for other in holders.indices where other != index && !same.contains(other) { same.append(other) }
      }
      entity.pooled = entity.places
      for other in same.sorted() where entities[other].type == entity.type {
        entity.isPooled = true
        entity.pooled += entities[other].places
      }
      if entity.isPooled {
        entity.pooled.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
        entity.pooled = Array(entity.pooled.prefix(Self.mostPlaces))
      }
    }
    let ranked = entities.indices.filter { entities[$0].kinds & 2 != 0 }.sorted {
      (entities[$1].pooled.count, $0) < (entities[$0].pooled.count, $1)
    }
    for index in ranked where entities[index].countryRank < 0 {
      for name in entities[index].names {
        for other in byName[name]?.indices ?? [] where entities[other].countryRank < 0 {
          entities[other].countryRank = countryCount
        }
      }
      entities[index].countryRank = countryCount
      countries.append(index)
      countryCount += 1
    }
    var dates = 0
    for index in entities.indices where entities[index].type == .date {
      entities[index].dateRank = dates
      dates += 1
    }
  }

  private mutating func findTopic() {
    for sentence in text.sentences {
      var found: [UInt64] = []
      for index in sentence where words[index].flags.contains(.content) {
        if found.count == 40 { break }
        if !found.contains(words[index].stem) { found.append(words[index].stem) }
      }
      stems.append(found.map { RelationFeatures.mix(72, $0) })
    }
    guard let first = text.sentences.first else { return }
    guard let verb = first.prefix(64).first(where: { words[$0].flags.contains(.be) }) else { return }
    for index in verb + 1..<min(first.upperBound, verb + 15) where words[index].flags.contains(.content) {
      topic.append(words[index].code)
      if topic.count == 9 { break }
    }
  }

  // MARK: Pairs

  /// The most pairs that are looked at in one text: what lies beyond them is left to the patterns.
  static let mostPairs = 8192
  /// How many sentences apart the two entities of a pair may be.
  static let reach = 3

  /// The ordered pairs of entities that may be related, the source first: in one sentence, in sentences near each other,
  /// or with the entity that the text is about.
  func pairs() -> [(source: Int, target: Int)] {
    var keys: Set<UInt32> = []
    keys.reserveCapacity(min(64, entities.count * entities.count))
    var result: [(source: Int, target: Int)] = []
    func add(_ source: Int, _ target: Int) {
      guard source != target, result.count < Self.mostPairs, entities[source].type != .date else { return }
      if keys.insert(UInt32(source) << 16 | UInt32(target)).inserted { result.append((source, target)) }
    }
    var recent: [[Int]] = []
    var place = 0
    for sentence in text.sentences.indices {
      var here: [Int] = []
      while place < places.count, places[place].sentence == Int32(sentence) {
        let entity = Int(places[place].entity)
        if here.count < 20, !here.contains(entity) { here.append(entity) }
        place += 1
      }
      for (index, one) in here.enumerated() {
        for other in here.dropFirst(index + 1) {
          add(one, other)
          add(other, one)
        }
        for earlier in recent {
          for other in earlier {
            add(other, one)
            add(one, other)
          }
        }
        if head >= 0 {
          add(head, one)
          add(one, head)
        }
      }
      recent.append(here)
      if recent.count > Self.reach { recent.removeFirst() }
      if result.count >= Self.mostPairs { break }
    }
    return result
  }

  /// Whether some sentence mentions both, by the first mentions of each.
  func shareSentence(_ one: Int, _ other: Int) -> Bool {
    entities[one].places.contains { left in entities[other].places.contains { $0.sentence == left.sentence } }
  }
}
