/// Percent-decoding of paths and queries.
enum PercentEncoding {
  /// Decodes `%HH`; nil when an escape is broken, the bytes are no UTF-8, or a NUL is among them.
  ///
  /// - Parameter plusIsSpace: As in a form or a query.
  static func decode(_ text: Substring.UTF8View, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var iterator = text.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case 0x25:
        guard let high = iterator.next().flatMap(nibble), let low = iterator.next().flatMap(nibble) else { return nil }
        let decoded = high << 4 | low
        guard decoded != 0 else { return nil }
        bytes.append(decoded)
      case 0x2B where plusIsSpace: bytes.append(0x20)
      case 0: return nil
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }
}
