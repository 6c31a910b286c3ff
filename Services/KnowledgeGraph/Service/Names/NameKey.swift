/// What an entity is found by: its name without what writers vary.
///
/// Two names with the same `exact` key name the same thing when their types agree. It ignores case, compatibility
/// forms (full width, ligatures), composition, invisible characters, runs of white space, the kind of apostrophe,
/// dashes between words, the full stop of an abbreviation, and quotes and stops at the ends. It keeps what tells names
/// apart: diacritics, and signs such as those of `C++`, `C#` and `.NET`. A pure value; safe anywhere.
struct NameKey: Hashable, Sendable {
  /// A longer name (in UTF-8 bytes) is an extractor's mistake, and too much for an index.
  static let nameLimit = 1024

  /// The key for telling entities apart.
  let exact: String
  /// The key for searching: `exact` without diacritics, so that `Lodz` finds `Łódź`.
  let weak: String

  /// - Returns: `nil` when nothing of the name is left, or it is longer than ``nameLimit``.
  init?(_ name: String) {
    guard name.utf8.count <= Self.nameLimit else { return nil }
    if let exact = Self.asciiKey(name) {
      self.exact = exact
      weak = exact
    } else if name.utf8.allSatisfy({ $0 < 0x80 }) {
      exact = Self.squeezed(name.lowercased())
      weak = exact
    } else {
      exact = Self.squeezed(Self.folded(name))
      weak = Self.squeezed(Self.withoutDiacritics(exact))
    }
    guard !exact.isEmpty else { return nil }
  }

  /// The key of a name of letters, digits and single spaces, which most names are; `nil` for any other.
  private static func asciiKey(_ name: String) -> String? {
    var name = name
    return name.withUTF8 { utf8 -> String? in
      guard let first = utf8.first, let last = utf8.last, first != 0x20, last != 0x20 else { return nil }
      var wasSpace = false
      for byte in utf8 {
        let isSpace = byte == 0x20
        guard isSpace ? !wasSpace : (byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26) else { return nil }
        wasSpace = isSpace
      }
      return String(unsafeUninitializedCapacity: utf8.count) { key in
        for (index, byte) in utf8.enumerated() {
          key[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
        }
        return utf8.count
      }
    }
  }
}
