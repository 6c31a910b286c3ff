/// The words of one sentence as the model sees them. One value serves a whole text: its storage is used again.
package struct SentenceForms: Sendable {
  /// How a sentence uses capitals, which decides what a capital is worth in it.
  enum Style: UInt64 {
    case ordinary
    /// Capitals throughout.
    case capitals
    /// A headline: most words have a capital.
    case title
    /// No capitals at all.
    case small
  }

  /// What a listed name of several words adds to the kinds: the word's place in it.
  private static let first: UInt64 = 1 << 16
  private static let later: UInt64 = 1 << 17
  private static let last: UInt64 = 1 << 18
  /// The kinds that lists of names give; the one other comes from annotated texts, which the model learns from itself.
  private static let kinds = ~UInt64(NameKind.commonWord.rawValue)

  let lists: NameLists
  let words: WordTable
  let vectors: WordVectors
  /// The words, with two of padding on either side.
  private(set) var forms: [WordForm] = []
  package private(set) var count = 0
  private(set) var style = Style.ordinary
  private(set) var folded: [UInt8] = []

  package init(lists: NameLists, words: WordTable, vectors: WordVectors = .embedded) {
    self.lists = lists
    self.words = words
    self.vectors = vectors
  }

  subscript(_ index: Int) -> WordForm { forms[index + 2] }

  /// The hash of a word in lower case without accents.
  package func hash(_ index: Int) -> UInt64 { self[index].lower }

  /// Whether other texts write a word small at least now and then.
  package func isOftenSmall(_ index: Int) -> Bool { self[index].isOftenSmall }

  /// Whether a word has neither letters nor digits.
  package func isSign(_ index: Int) -> Bool { self[index].kind == .sign }

  /// Reads a sentence.
  ///
  /// - Parameter tokens: Byte ranges of its words; each holds whole characters.
  package mutating func read(_ tokens: some Collection<Range<Int>>, of bytes: [UInt8]) {
    forms.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    forms.append(.padding)
    forms.append(.padding)
    bytes.withUnsafeBufferPointer { bytes in
      for token in tokens { append(UnsafeBufferPointer(rebasing: bytes[token])) }
    }
    count = forms.count - 2
    forms.append(.padding)
    forms.append(.padding)
    readStyle()
    lookUpNames()
  }

  // MARK: One word

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    var form = WordForm()
    form.foldStart = folded.count
    var text = bytes
    if bytes.count > 1, bytes[0] == UInt8(ascii: "#") {
      form.kind = .hashtag
      text = UnsafeBufferPointer(rebasing: bytes[1...])
    }
    if Self.isAddress(text) {
      form.kind = .address
      form.word = KeyHash.of("<address>")
      form.lower = form.word
      form.shape = 2
      form.outline = 2
      form.capitals = .signs
    } else if text.count > 1, text[0] == UInt8(ascii: "@") {
      form.kind = .handle
      form.word = KeyHash.of("<handle>")
      form.lower = form.word
      form.shape = 3
      form.outline = 3
      form.capitals = .signs
    } else {
      readLetters(text, &form)
    }
    form.foldEnd = folded.count
    folded.append(UInt8(ascii: " "))
    forms.append(form)
  }

  private static func isAddress(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 7 else { return false }
    func starts(_ word: StaticString) -> Bool {
      for index in 0..<word.utf8CodeUnitCount where bytes[index] | 0x20 != word.utf8Start[index] | 0x20 { return false }
      return true
    }
    return starts("http") && (bytes[4] == UInt8(ascii: ":") || bytes[5] == UInt8(ascii: ":")) || starts("www.")
  }

  /// Longer words are cut for the hashes of their shape: nothing is learned from them.
  private static let longestShape = 32

  private mutating func readLetters(_ bytes: UnsafeBufferPointer<UInt8>, _ form: inout WordForm) {
    var word = KeyHash()
    var shape = KeyHash()
    var outline = KeyHash()
    var last: UInt8 = 0
    var run = 0
    var shapeLength = 0
    var (uppers, lowers, digits, others) = (0, 0, 0, 0)
    var startsUpper = false
    let start = folded.count
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      var kind: Letters.Kind
      var length = 1
      var scalar = UInt32(byte)
      if byte < 0x80 {
        kind = Letters.kind(scalar)
        word.add(kind == .digit ? UInt8(ascii: "0") : byte)
      } else {
        (scalar, length) = Self.scalar(bytes, offset)
        kind = Letters.kind(scalar)
        for index in offset..<offset + length { word.add(bytes[index]) }
      }
      if kind == .digit, byte < 0x80 {
        folded.append(UInt8(ascii: "0"))
      } else {
        Letters.fold(scalar, kind: kind, into: &folded)
      }
      var symbol: UInt8
      switch kind {
      case .upper:
        if uppers + lowers + digits + others == 0 { startsUpper = true }
        uppers += 1
        symbol = UInt8(ascii: "X")
      case .lower:
        lowers += 1
        symbol = UInt8(ascii: "x")
      case .digit:
        digits += 1
        symbol = UInt8(ascii: "d")
      case .caseless:
        lowers += 1
        symbol = UInt8(ascii: "c")
      case .mark: symbol = last
      case .space, .other:
        others += 1
        symbol = byte < 0x80 ? byte : UInt8(ascii: "s")
      }
      if shapeLength < Self.longestShape {
        if symbol == last {
          run += 1
          if run < 3 { shape.add(symbol) }
        } else {
          run = 0
          shape.add(symbol)
          outline.add(symbol)
          shapeLength += 1
          last = symbol
        }
      }
      offset += length
    }
    form.word = word.value
    form.shape = shape.value
    form.outline = outline.value
    if form.kind == .word {
      form.kind = uppers + lowers > 0 ? .word : digits > 0 ? .number : .sign
    }
    form.capitals =
      startsUpper ? (lowers > 0 ? .first : .all) : uppers > 0 ? .inner : lowers > 0 ? .none : .signs
    readFolded(start, &form)
  }

  private mutating func readFolded(_ start: Int, _ form: inout WordForm) {
    let end = folded.count
    var hash = KeyHash()
    folded.withUnsafeBufferPointer { folded in
      for index in start..<end { hash.add(folded[index]) }
      var suffix = KeyHash()
      var prefix = KeyHash()
      for place in 0..<min(4, end - start) {
        suffix.add(folded[end - 1 - place])
        prefix.add(folded[start + place])
        form.suffixes[place] = suffix.value
        form.prefixes[place] = prefix.value
      }
    }
    form.lower = hash.value
    guard form.kind != .sign else { return }
    let entry = words.entry(of: form.lower)
    let isCapital = form.capitals == .first || form.capitals == .all
    form.lowerClass = entry.lowerClass != 0 ? entry.lowerClass : entry.capitalClass
    form.wordClass = isCapital && entry.capitalClass != 0 ? entry.capitalClass : form.lowerClass
    form.messagePath = words.messagePath(of: entry)
    form.casing = entry.casing
    form.frequency = entry.frequency
    form.vector = vectors.slot(of: form.lower) ?? -1
  }

  /// The scalar at an offset and its length; a broken sequence is one byte of no meaning.
  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (UInt32, Int) {
    let byte = bytes[offset]
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
    guard length > 1, offset + length <= bytes.count else { return (0xFFFD, 1) }
    var value = UInt32(byte) & (0x7F >> UInt32(length))
    for index in 1..<length { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
    return (value, length)
  }

  // MARK: The sentence

  private mutating func readStyle() {
    var (words, capitals, all, long, longCapitals) = (0, 0, 0, 0, 0)
    for form in forms where form.kind == .word {
      words += 1
      let isCapital = form.capitals == .first || form.capitals == .all
      if isCapital { capitals += 1 }
      if form.capitals == .all { all += 1 }
      guard form.foldEnd - form.foldStart > 3 else { continue }
      long += 1
      if isCapital { longCapitals += 1 }
    }
    style =
      words >= 3 && all * 10 >= words * 8
      ? .capitals
      : long >= 4 && longCapitals * 10 >= long * 8 ? .title : capitals == 0 && words >= 3 ? .small : .ordinary
  }

  private mutating func lookUpNames() {
    for index in 0..<count where forms[index + 2].kind == .word || forms[index + 2].kind == .hashtag {
      let form = forms[index + 2]
      guard let entry = lists.entry(of: form.lower) else { continue }
      forms[index + 2].listed = UInt64(entry.kinds.rawValue) & Self.kinds
      let limit = min(count, index + entry.words)
      guard limit > index + 1 else { continue }
      var longest: (end: Int, kinds: UInt64)?
      var name = KeyHash()
      var start = form.foldStart
      for end in index + 1...limit {
        // The words of the sentence's folded text have a space between them, as those of a key do.
        folded.withUnsafeBufferPointer { name.add($0[start..<forms[end + 1].foldEnd]) }
        start = forms[end + 1].foldEnd
        guard end > index + 1, let entry = lists.entry(of: name.value) else { continue }
        let kinds = UInt64(entry.kinds.rawValue) & Self.kinds
        if kinds != 0 { longest = (end, kinds) }
      }
      guard let longest else { continue }
      for place in index..<longest.end {
        forms[place + 2].listedInside |=
          longest.kinds | (place == index ? Self.first : Self.later) | (place == longest.end - 1 ? Self.last : 0)
      }
    }
  }
}
