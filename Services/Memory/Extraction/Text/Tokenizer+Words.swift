extension Tokenizer {
  /// The word being read: what its letters were so far.
  private struct Reading {
    var hash = KeyHash()
    var uppers = 0
    var lowers = 0
    var digits = 0
    var caseless = 0
    var startsCapital = false
    var innerCapital = false
    /// Letters since the last inner full stop, hyphen or apostrophe.
    var segment = 0
    var dots = 0
    var lastWasLower = false

    var letters: Int { uppers + lowers + digits + caseless }
  }

  /// Reads a word or number that starts at ``position``.
  mutating func readWord() {
    let start = position
    let foldStart = text.folded.count
    var reading = Reading()
    scan: while true {
      let (value, length, kind) = scalar(at: position)
      switch kind {
      case .upper, .lower, .caseless, .digit, .mark:
        take(value, kind, &reading)
        position += length
      case .other:
        let next = scalar(at: position + length)
        guard joins(value, next.value, next.kind, at: position + length, reading) else { break scan }
        takeJoiner(value, &reading)
        position += length
      case .space:
        break scan
      }
    }
    var shape = shape(of: reading)
    if absorbsStop(reading, hash: reading.hash.value) {
      position += 1
      shape.insert(.dotted)
    }
    let plain = reading.uppers + reading.lowers + reading.caseless == 0
    append(
      plain ? .number : .word, from: start, foldStart: foldStart, shape: shape, letters: reading.letters,
      hash: reading.hash.value)
  }

  @inline(__always)
  private mutating func take(_ value: UInt32, _ kind: Letters.Kind, _ reading: inout Reading) {
    switch kind {
    case .upper:
      if reading.letters == 0 { reading.startsCapital = true }
      if reading.lastWasLower { reading.innerCapital = true }
      reading.uppers += 1
    case .lower: reading.lowers += 1
    case .digit: reading.digits += 1
    case .caseless: reading.caseless += 1
    default: break
    }
    reading.lastWasLower = kind == .lower
    if kind != .mark { reading.segment += 1 }
    let before = text.folded.count
    Letters.fold(value, kind: kind, into: &text.folded)
    for index in before..<text.folded.count { reading.hash.add(text.folded[index]) }
  }

  private mutating func takeJoiner(_ value: UInt32, _ reading: inout Reading) {
    let folded: UInt8 =
      switch value {
      case 0x2018, 0x2019, 0x27: UInt8(ascii: "'")
      case 0x2010, 0x2011: UInt8(ascii: "-")
      default: UInt8(truncatingIfNeeded: value)
      }
    if folded == UInt8(ascii: ".") { reading.dots += 1 }
    text.folded.append(folded)
    reading.hash.add(folded)
    reading.segment = 0
    reading.lastWasLower = false
  }

  /// Whether a sign continues the word because of what stands on both sides of it.
  private func joins(
    _ sign: UInt32, _ next: UInt32, _ nextKind: Letters.Kind, at nextOffset: Int, _ reading: Reading
  ) -> Bool {
    let numeric = reading.letters == reading.digits
    switch nextKind {
    case .upper, .lower, .caseless, .digit: break
    default: return false
    }
    guard reading.segment > 0 else { return false }
    switch sign {
    case 0x27, 0x2018, 0x2019: return nextKind != .digit && !isClitic(at: nextOffset)
    case 0x2D, 0x2010, 0x2011:
      // "Paris-based" is the place and a remark about it; "Coca-Cola" and "twenty-one" are one word.
      if numeric { return nextKind == .digit }
      return !(reading.startsCapital && nextKind == .lower && reading.lowers > 0)
    case 0x2E:
      if numeric { return nextKind == .digit }
      if reading.segment == 1 { return nextKind != .digit }
      return nextKind == .lower || nextKind == .digit
    case 0x2C, 0x3A, 0x2F: return numeric && nextKind == .digit
    case 0x26: return nextKind == .upper && reading.lowers == 0
    case 0x5F: return true
    default: return false
    }
  }

  /// Whether what follows an apostrophe is the end of a contraction or the possessive s.
  private func isClitic(at offset: Int) -> Bool {
    let first = byte(at: offset) | 0x20
    let second = byte(at: offset + 1)
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "d"): return !continuesWord(at: offset + 1)
    case UInt8(ascii: "r"), UInt8(ascii: "v"):
      return second | 0x20 == UInt8(ascii: "e") && !continuesWord(at: offset + 2)
    case UInt8(ascii: "l"): return second | 0x20 == UInt8(ascii: "l") && !continuesWord(at: offset + 2)
    default: return false
    }
  }

  private func continuesWord(at offset: Int) -> Bool {
    switch scalar(at: offset).kind {
    case .upper, .lower, .caseless, .digit, .mark: true
    case .space, .other: false
    }
  }

  private func shape(of reading: Reading) -> Token.Shape {
    var shape: Token.Shape = []
    if reading.startsCapital { shape.insert(.capital) }
    if reading.uppers > 0 && reading.lowers == 0 { shape.insert(.allCapitals) }
    if reading.lowers > 0 { shape.insert(.hasLower) }
    if reading.digits > 0 { shape.insert(.hasDigit) }
    if reading.innerCapital { shape.insert(.innerCapital) }
    if reading.caseless > 0 { shape.insert(.caseless) }
    return shape
  }

  /// Whether the full stop at ``position`` belongs to the word before it.
  private func absorbsStop(_ reading: Reading, hash: UInt64) -> Bool {
    guard byte(at: position) == UInt8(ascii: "."), byte(at: position + 1) != UInt8(ascii: "."), reading.digits == 0
    else { return false }
    if reading.dots > 0 { return reading.segment == 1 }
    if reading.letters == 1 && reading.uppers == 1 { return true }
    return lexicon.classes(of: hash).contains(.abbreviation)
  }

  /// Reads `'s` and its kin after a word; false when the sign is something else.
  mutating func readApostrophe(_ value: UInt32, _ length: Int) -> Bool {
    guard value == 0x27 || value == 0x2019 || value == 0x2018, !spaced,
      let last = text.tokens.last, last.kind == .word || last.kind == .number, last.end == position
    else { return false }
    let start = position
    if isClitic(at: position + length) {
      let foldStart = text.folded.count
      var hash = KeyHash()
      text.folded.append(UInt8(ascii: "'"))
      hash.add(UInt8(ascii: "'"))
      position += length
      while continuesWord(at: position) {
        let folded = text.bytes[position] | 0x20
        text.folded.append(folded)
        hash.add(folded)
        position += 1
      }
      let possessive = text.folded[foldStart + 1] == UInt8(ascii: "s")
      append(possessive ? .possessive : .word, from: start, foldStart: foldStart, letters: 1, hash: hash.value)
      return true
    }
    // "the Smiths' house", but not the end of a quotation.
    let next = scalar(at: position + length)
    guard text.folded[last.foldEnd - 1] == UInt8(ascii: "s"), next.kind == .space,
      scalar(at: position + length + next.length).kind != .space
    else { return false }
    position += length
    append(.possessive, from: start, foldStart: text.folded.count)
    return true
  }
}
