/// How text is made safe for one line of a log.
enum LogText {
  /// Appends a JSON string: quotes, backslashes and control characters escaped.
  static func appendQuoted(_ text: String, to line: inout [UInt8]) {
    line.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: line.append(contentsOf: [0x5C, 0x22])
      case 0x5C: line.append(contentsOf: [0x5C, 0x5C])
      case 0x0A: line.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: line.append(contentsOf: [0x5C, 0x72])
      case 0x09: line.append(contentsOf: [0x5C, 0x74])
      case 0..<0x20, 0x7F:
        line.append(contentsOf: [0x5C, 0x75, 0x30, 0x30, hexadecimal(byte >> 4), hexadecimal(byte & 15)])
      default: line.append(byte)
      }
    }
    line.append(0x22)
  }

  /// Appends text for a terminal: control characters are escaped, so that logged input cannot move the cursor.
  static func appendVisible(_ text: String, to line: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case 0x0A: line.append(contentsOf: [0x5C, 0x6E])
      case 0..<0x20, 0x7F: line.append(contentsOf: [0x5C, 0x78, hexadecimal(byte >> 4), hexadecimal(byte & 15)])
      default: line.append(byte)
      }
    }
  }

  private static func hexadecimal(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }
}
