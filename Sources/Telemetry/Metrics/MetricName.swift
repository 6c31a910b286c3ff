/// Makes names that Prometheus accepts: any other character becomes an underscore.
enum MetricName {
  static func metric(_ name: String) -> String { valid(name, colon: true) }
  static func label(_ name: String) -> String { valid(name, colon: false) }

  private static func valid(_ name: String, colon: Bool) -> String {
    let isValid: (UInt8) -> Bool = { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
      case 0x3A: colon
      default: false
      }
    }
    let bytes = name.utf8
    if let first = bytes.first, !(0x30...0x39).contains(first), bytes.allSatisfy(isValid) { return name }
    var made = bytes.map { isValid($0) ? $0 : 0x5F }
    if let first = made.first {
      if (0x30...0x39).contains(first) { made.insert(0x5F, at: 0) }
    } else {
      made = [0x5F]
    }
    return String(decoding: made, as: UTF8.self)
  }
}
