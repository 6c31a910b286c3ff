import Foundation

/// Takes from a word what makes no difference to a search: case, width, ligatures, accents.
///
/// Pure; meant for what is not ASCII, which needs no tables.
enum WordFolding {
  /// The folded word: ASCII letters and digits in lower case and other scalars, without separators of any kind.
  static func fold(_ word: [UInt8]) -> [UInt8] {
    let text = String(decoding: word, as: UTF8.self)
    var folded: [UInt8] = []
    folded.reserveCapacity(word.count)
    // By way of upper case, so that ß is ss and a final sigma is a sigma.
    for scalar in text.uppercased().lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: folded.append(UInt8(scalar.value))
      case 0x41...0x5A: folded.append(UInt8(scalar.value) | 0x20)
      case 0..<0x80, 0x0300...0x036F, 0x2044: continue
      default: folded.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    return folded
  }

  /// A name for comparing: folded word by word, with one space between the words.
  ///
  /// Accents stay: they tell two people apart.
  static func key(ofName name: String) -> String {
    var text = name
    let isPlain = text.withUTF8 { bytes in bytes.allSatisfy { $0 < 0x80 } }
    if isPlain {
      var key: [UInt8] = []
      key.reserveCapacity(name.utf8.count)
      for byte in name.utf8 {
        if byte <= 0x20 || byte == 0x7F {
          if let last = key.last, last != 0x20 { key.append(0x20) }
        } else {
          key.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
      }
      if key.last == 0x20 { key.removeLast() }
      return String(decoding: key, as: UTF8.self)
    }
    let folded = name.uppercased().lowercased().precomposedStringWithCompatibilityMapping
    return folded.split { $0.isWhitespace || $0 == "\0" }.joined(separator: " ")
  }
}
