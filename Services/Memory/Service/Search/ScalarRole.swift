/// What a scalar outside ASCII does to the word that it stands in.
enum ScalarRole: Sendable {
  /// Part of a word.
  case letter
  /// Part of a word that has begun, such as a vowel sign of Devanagari.
  case mark
  /// An accent that makes no difference to a search.
  case accent
  /// A word by itself: a character of a script without spaces, or an emoji.
  case alone
  case apostrophe
  case separator

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    switch value {
    case 0x2019: self = .apostrophe
    case 0x0300...0x036F: self = .accent
    // Kana and its halfwidth forms, Thai, Lao, Myanmar, Khmer.
    case 0x3041...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F, 0x0E01...0x0EFF, 0x1000...0x109F,
      0x1780...0x17FF:
      self = .alone
    // Joiners, variation selectors and skin tones say how an emoji looks, not what it is.
    case 0x200C, 0x200D, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: self = .accent
    default: self = Self.byProperties(of: scalar)
    }
  }

  private static func byProperties(of scalar: Unicode.Scalar) -> ScalarRole {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return properties.isIdeographic ? .alone : .letter
    case .decimalNumber, .letterNumber, .otherNumber: return properties.isIdeographic ? .alone : .letter
    case .nonspacingMark, .spacingMark: return .mark
    default: return scalar.value >= 0x2190 && properties.isEmoji ? .alone : .separator
    }
  }
}
