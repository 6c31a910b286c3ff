extension NameKey {
  /// The text with one space between words and without the punctuation that writers vary.
  static func squeezed(_ text: String) -> String {
    var key = String.UnicodeScalarView()
    var needsSpace = false
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let properties = scalar.properties
      if properties.isWhitespace {
        needsSpace = true
        continue
      }
      if properties.isDefaultIgnorableCodePoint || properties.generalCategory == .control { continue }
      let previous = index > 0 ? scalars[index - 1] : nil
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if properties.isDash, isWordPart(previous), isWordPart(next) {
        needsSpace = true
        continue
      }
      if scalar == ".", previous?.properties.isAlphabetic == true { continue }
      if needsSpace, !key.isEmpty { key.append(" ") }
      needsSpace = false
      key.append(isApostrophe(scalar) ? "'" : scalar)
    }
    return trimmed(key)
  }

  private static func isWordPart(_ scalar: Unicode.Scalar?) -> Bool {
    guard let properties = scalar?.properties else { return false }
    return properties.isAlphabetic || properties.numericType != nil
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{2018}", "\u{2019}", "\u{02BC}", "\u{0060}", "\u{00B4}": true
    default: false
    }
  }

  /// Without quotes, brackets and stops at the ends; the text itself when it has nothing else.
  private static func trimmed(_ key: String.UnicodeScalarView) -> String {
    let inner = key.drop { isTrimmed($0, atStart: true) }
    guard !inner.isEmpty else { return String(key) }
    var end = inner.endIndex
    while end > inner.startIndex, isTrimmed(inner[inner.index(before: end)], atStart: false) {
      end = inner.index(before: end)
    }
    return String(String.UnicodeScalarView(inner[..<end]))
  }

  private static func isTrimmed(_ scalar: Unicode.Scalar, atStart: Bool) -> Bool {
    switch scalar.properties.generalCategory {
    case .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation: true
    default:
      switch scalar {
      case " ", "\"", "'", ",", ";", ":": true
      case ".": !atStart
      default: false
      }
    }
  }
}
