import Foundation

extension NameKey {
  /// NFKC with case folded.
  static func folded(_ name: String) -> String {
    // Upper case first: it is what takes `ß` to `ss` and a final `ς` to `σ`, which lower case alone leaves.
    let text = name.precomposedStringWithCompatibilityMapping.uppercased().lowercased()
    return text.precomposedStringWithCompatibilityMapping
  }

  /// The text with Latin, Greek and Cyrillic letters without their marks; marks that are letters of their own script
  /// (Indic vowels, kana's voicing) stay.
  static func withoutDiacritics(_ text: String) -> String {
    var bare = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars where !isDiacritic(scalar) {
      if let letters = letters[scalar] {
        bare.append(contentsOf: letters.unicodeScalars)
      } else {
        bare.append(scalar)
      }
    }
    return String(bare).precomposedStringWithCanonicalMapping
  }

  private static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF: true
    default: false
    }
  }

  /// Letters whose stroke or ligature Unicode does not decompose.
  private static let letters: [Unicode.Scalar: String] = [
    "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "n",
  ]
}
