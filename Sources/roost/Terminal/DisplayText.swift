/// Text as it lies on a terminal, in columns.
enum DisplayText {
  /// The columns that the text takes.
  static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - self.width(text)))
  }

  static func rightAligned(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - self.width(text))) + text
  }

  /// At most that many columns; what was cut shows as an ellipsis.
  static func truncated(_ text: String, to limit: Int) -> String {
    guard width(text) > limit else { return text }
    guard limit > 0 else { return "" }
    var taken = ""
    var columns = 0
    for character in text {
      let next = width(character)
      if columns + next > limit - 1 { break }
      taken.append(character)
      columns += next
    }
    return taken + "…"
  }

  /// The text on one line, without the control characters by which it could write elsewhere on the screen.
  static func printable(_ text: String) -> String {
    var result = ""
    var follows = false
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: follows = true
      case .format where scalar.value != 0x200D: continue
      default:
        if follows, !result.isEmpty { result.append(" ") }
        follows = false
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A term and what it means, which goes on under itself where the line is full.
  static func hanging(_ term: String, _ text: String, column: Int, width: Int) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, column + self.width(last) + 1 + self.width(String(word)) <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    let indent = String(repeating: " ", count: column)
    return padded(term, to: column) + lines.joined(separator: "\n" + indent) + "\n"
  }

  private static func width(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
