/// How the names of events and fields are spelt in Swift.
enum SwiftName {
  /// Words that Swift's API guidelines write in one case.
  private static let initialisms: [String: String] = [
    "api": "API", "html": "HTML", "http": "HTTP", "https": "HTTPS", "id": "ID", "ids": "IDs", "ip": "IP",
    "json": "JSON", "mcp": "MCP", "sql": "SQL", "ui": "UI", "uri": "URI", "uris": "URIs", "url": "URL",
    "urls": "URLs", "utf8": "UTF8", "uuid": "UUID", "uuids": "UUIDs", "xml": "XML",
  ]

  /// Words that cannot name a declaration without backticks.
  private static let reserved: Set<String> = [
    "Any", "Self", "Type", "Protocol", "as", "associatedtype", "break", "case", "catch", "class", "continue",
    "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
    "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator",
    "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct",
    "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  /// `memory.entity.extracted` becomes `MemoryEntityExtracted`, `circuit_breaker` becomes `CircuitBreaker`.
  static func type(_ name: String) -> String {
    words(of: name).map { initialisms[$0] ?? capitalized($0) }.joined()
  }

  /// `memory_id` becomes `memoryID`, `id` stays, `HALF_OPEN` becomes `halfOpen`. Without backticks.
  static func member(_ name: String) -> String {
    let words = words(of: name.contains(where: \.isLowercase) ? name : name.lowercased())
    guard let first = words.first else { return "" }
    return ([first] + words.dropFirst().map { initialisms[$0] ?? capitalized($0) }).joined()
  }

  /// The name as it stands where Swift would take it for a keyword otherwise.
  static func escaped(_ name: String) -> String { reserved.contains(name) ? "`\(name)`" : name }

  /// Whether `name` is an identifier of ASCII letters, digits and underscores.
  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
    }
  }

  /// Whether `name` may name a nested type: an identifier that starts with a capital and that Swift lets be declared.
  static func isTypeName(_ name: String) -> Bool {
    isIdentifier(name) && name.first?.isUppercase == true && !reserved.contains(name)
  }

  private static func words(of name: String) -> [String] {
    name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
  }

  private static func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }
}
