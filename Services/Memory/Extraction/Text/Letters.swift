/// What the extractor must know of a Unicode scalar: whether it belongs to a word, its case, and its folded form.
///
/// Folding drops case and accents of Latin letters ("Łódź" and "LODZ" are one key) and the case of Greek and Cyrillic.
/// It is a table over the scalars that names are written in, not full Unicode case folding: that would need a `String`
/// for each letter in the extractor's hottest loop.
enum Letters {
  enum Kind: UInt8 {
    case upper
    case lower
    /// A letter of a script without case, such as 東.
    case caseless
    case digit
    /// Belongs to the word before it, such as a combining accent.
    case mark
    case space
    case other
  }

  /// The unaccented letter for each scalar from U+00C0 to U+024F, in the case of the original.
  private static let latin: StaticString =
    """
    AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuytyAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGg\
    HhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzsbBBbXxOC\
    cDDDdaEEEFfGAvAIKklaMNnOOoIiPpxOoHxtTtTUuNVYyZzHDdhxEexxxxxxDDdLLlNNnAaIiOoUuUuUuUuUueAaAaEeGgGgKkOo\
    OoHhjDDdGgRNNnAaEeOoAaAaEeEeIiIiOoOoRrRrUuUuSsTtHhHhNdUuZzAaEeOoOoOoOoYylntjhhACcLTszPpBRVEeJjQqRrYy
    """

  /// The same for U+1E00 to U+1EFF.
  private static let latinAdditional: StaticString =
    """
    AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSs\
    SsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwyasssSaAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEe\
    IiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYyxxxxYy
    """

  private static func base(_ scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0xC0...0x24F: latin.utf8Start[Int(scalar - 0xC0)]
    case 0x1E00...0x1EFF: latinAdditional.utf8Start[Int(scalar - 0x1E00)]
    default: nil
    }
  }

  @inline(__always)
  static func kind(_ scalar: UInt32) -> Kind {
    guard scalar < 0x80 else { return kindBeyondASCII(scalar) }
    switch UInt8(truncatingIfNeeded: scalar) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return .lower
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return .upper
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .digit
    case 0x09...0x0D, 0x20: return .space
    default: return .other
    }
  }

  private static func kindBeyondASCII(_ scalar: UInt32) -> Kind {
    if let letter = base(scalar) {
      return letter == UInt8(ascii: " ") ? .other : letter & 0x20 == 0 ? .upper : .lower
    }
    switch scalar {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return .space
    case 0xAA, 0xB5, 0xBA: return .lower
    case 0x80...0xBF: return .other
    case 0x250...0x2AF: return .lower
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200C...0x200D, 0x20D0...0x20FF, 0xFE00...0xFE0F,
      0xFE20...0xFE2F, 0x591...0x5C7, 0x64B...0x65F, 0x93A...0x94F, 0xE31...0xE3A, 0xE47...0xE4E, 0x3099...0x309A:
      return .mark
    case 0x386, 0x388...0x38F, 0x391...0x3AB, 0x400...0x42F: return .upper
    case 0x390, 0x3AC...0x3CE, 0x430...0x45F: return .lower
    case 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F: return scalar & 1 == 0 ? .upper : .lower
    case 0x531...0x556: return .upper
    case 0x561...0x587: return .lower
    case 0x660...0x669, 0x966...0x96F: return .digit
    case 0x60C, 0x61B, 0x61F, 0x66A...0x66D, 0x6D4, 0x964...0x965: return .other
    case 0x200B, 0x200E...0x2BFF, 0x3001...0x3004, 0x3007...0x3020, 0x3030, 0x303D...0x303F, 0x30FB: return .other
    case 0xD800...0xF8FF, 0xFEFF, 0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65: return .other
    case 0xFF10...0xFF19: return .digit
    case 0xFFE0...0xFFFF, 0x1F000...0x1FAFF, 0xE0000...: return .other
    default: return .caseless
    }
  }

  /// Appends the folded form of a scalar; marks fold to nothing.
  @inline(__always)
  static func fold(_ scalar: UInt32, kind: Kind, into key: inout [UInt8]) {
    if scalar < 0x80 {
      key.append(kind == .upper ? UInt8(truncatingIfNeeded: scalar) | 0x20 : UInt8(truncatingIfNeeded: scalar))
    } else if kind != .mark {
      foldBeyondASCII(scalar, kind: kind, into: &key)
    }
  }

  private static func foldBeyondASCII(_ scalar: UInt32, kind: Kind, into key: inout [UInt8]) {
    if let letter = base(scalar), letter != UInt8(ascii: " ") {
      key.append(letter | 0x20)
      switch scalar {
      case 0xC6, 0xE6, 0x152, 0x153: key.append(UInt8(ascii: "e"))
      case 0xDF: key.append(UInt8(ascii: "s"))
      case 0xDE, 0xFE: key.append(UInt8(ascii: "h"))
      default: break
      }
      return
    }
    var folded = scalar
    if kind == .upper {
      switch scalar {
      case 0x391...0x3AB, 0x410...0x42F: folded += 0x20
      case 0x400...0x40F: folded += 0x50
      case 0x460...0x52F: folded += 1
      case 0x531...0x556: folded += 0x30
      default: break
      }
    } else if scalar == 0x2018 || scalar == 0x2019 {
      folded = 0x27
    }
    append(folded, to: &key)
  }

  /// Appends a scalar's UTF-8.
  private static func append(_ scalar: UInt32, to key: inout [UInt8]) {
    switch scalar {
    case ..<0x80: key.append(UInt8(scalar))
    case ..<0x800:
      key.append(0xC0 | UInt8(scalar >> 6))
      key.append(0x80 | UInt8(scalar & 0x3F))
    case ..<0x10000:
      key.append(0xE0 | UInt8(scalar >> 12))
      key.append(0x80 | UInt8(scalar >> 6 & 0x3F))
      key.append(0x80 | UInt8(scalar & 0x3F))
    default:
      key.append(0xF0 | UInt8(scalar >> 18 & 7))
      key.append(0x80 | UInt8(scalar >> 12 & 0x3F))
      key.append(0x80 | UInt8(scalar >> 6 & 0x3F))
      key.append(0x80 | UInt8(scalar & 0x3F))
    }
  }
}
