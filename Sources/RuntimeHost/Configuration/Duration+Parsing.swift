extension Duration {
  /// Reads a whole number with its unit: `500ms`, `10s`, `5m`, `1h`, `7d`.
  init?(parsing text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let value = Int64(digits), value <= 1_000_000_000 else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": self = .milliseconds(value)
    case "s": self = .seconds(value)
    case "m": self = .seconds(value * 60)
    case "h": self = .seconds(value * 3_600)
    case "d": self = .seconds(value * 86_400)
    default: return nil
    }
  }
}
