/// What the lexicon says of a word: a word may be in several classes.
struct WordClass: OptionSet, Sendable {
  let rawValue: UInt64

  // Closed classes: words that are not part of a name, even when a sentence begins with them.
  static let determiner = WordClass(rawValue: 1 << 0)
  static let preposition = WordClass(rawValue: 1 << 1)
  static let conjunction = WordClass(rawValue: 1 << 2)
  static let be = WordClass(rawValue: 1 << 3)
  /// have and do.
  static let auxiliary = WordClass(rawValue: 1 << 4)
  /// will and shall.
  static let future = WordClass(rawValue: 1 << 5)
  /// may, could and the like: what follows is not stated.
  static let modal = WordClass(rawValue: 1 << 6)
  static let negation = WordClass(rawValue: 1 << 7)
  /// May stand between a subject and its verb.
  static let adverb = WordClass(rawValue: 1 << 8)
  static let personPronoun = WordClass(rawValue: 1 << 9)
  static let firstPerson = WordClass(rawValue: 1 << 10)
  static let thingPronoun = WordClass(rawValue: 1 << 11)
  static let pluralPronoun = WordClass(rawValue: 1 << 12)
  /// his, her, my, their, its.
  static let possessivePronoun = WordClass(rawValue: 1 << 13)
  static let relative = WordClass(rawValue: 1 << 14)
  static let condition = WordClass(rawValue: 1 << 15)
  /// A preposition that a place follows.
  static let locative = WordClass(rawValue: 1 << 16)
  /// Words that begin sentences and belong to none of the others.
  static let opener = WordClass(rawValue: 1 << 17)

  // Around and inside names.
  /// Mr, Dr: only before a person, written with a stop or without.
  static let title = WordClass(rawValue: 1 << 18)
  /// President, chief executive: a person's part, before or after the name.
  static let role = WordClass(rawValue: 1 << 19)
  /// Inc, Ltd: only at the end of an organisation.
  static let organizationSuffix = WordClass(rawValue: 1 << 20)
  /// University, Bank: makes the name an organisation.
  static let organizationHead = WordClass(rawValue: 1 << 21)
  static let placeHead = WordClass(rawValue: 1 << 22)
  static let eventHead = WordClass(rawValue: 1 << 23)
  /// de, van, bin: in lower case inside a name.
  static let particle = WordClass(rawValue: 1 << 24)
  static let demonym = WordClass(rawValue: 1 << 25)
  /// Capitalised without being a name: TV, OK.
  static let neverName = WordClass(rawValue: 1 << 26)
  static let abbreviation = WordClass(rawValue: 1 << 27)
  /// city, town, state: "the city of Paris".
  static let placeNoun = WordClass(rawValue: 1 << 28)
  static let organizationNoun = WordClass(rawValue: 1 << 29)
  static let speech = WordClass(rawValue: 1 << 30)
  /// want, plan, refuse: the infinitive after them is not stated.
  static let intention = WordClass(rawValue: 1 << 31)

  // Time and amounts.
  static let month = WordClass(rawValue: 1 << 32)
  static let weekday = WordClass(rawValue: 1 << 33)
  static let season = WordClass(rawValue: 1 << 34)
  static let timeUnit = WordClass(rawValue: 1 << 35)
  static let number = WordClass(rawValue: 1 << 36)
  static let currency = WordClass(rawValue: 1 << 37)
  static let scale = WordClass(rawValue: 1 << 38)
  /// May also be a common word or a name: may, march, august.
  static let ambiguousMonth = WordClass(rawValue: 1 << 39)
  static let productHead = WordClass(rawValue: 1 << 40)
  /// last, next, yesterday: may begin an expression of time.
  static let relativeTime = WordClass(rawValue: 1 << 42)
  static let generation = WordClass(rawValue: 1 << 41)

  static let closed: WordClass = [
    .determiner, .preposition, .conjunction, .be, .auxiliary, .future, .modal, .negation, .adverb, .personPronoun,
    .firstPerson, .thingPronoun, .pluralPronoun, .possessivePronoun, .relative, .condition, .locative, .opener,
  ]
  static let heads: WordClass = [.organizationHead, .placeHead, .eventHead]
}
