import Extraction
import Foundation

/// Names that no text has, as many as a server may know: what looking words up in a list costs is measured with them.
enum MadeUpNames {
  private static let syllables = [
    "ba", "ren", "ko", "lis", "mar", "ten", "vo", "dri", "sa", "lun", "pe", "gor", "ni", "tas", "hel", "wo",
  ]

  /// - Parameter count: Up to 65,536; the same ones each time.
  static func entries(_ count: Int, _ types: [String]) -> [NameList.Entry] {
    (0..<count).map { number in
      let given = syllables[number & 15] + syllables[number >> 4 & 15]
      let family = syllables[number >> 8 & 15] + syllables[number >> 12 & 15]
      return NameList.Entry(name: "\(given.capitalized) \(family.capitalized)", type: types[number % types.count])
    }
  }
}
