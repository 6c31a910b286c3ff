import Events
import Testing

struct EventPatternTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var pattern: String
    var type: String
    var matches: Bool
    var testDescription: String { "\(pattern) \(matches ? "matches" : "does not match") \(type)" }

    init(_ pattern: String, _ type: String, _ matches: Bool) {
      (self.pattern, self.type, self.matches) = (pattern, type, matches)
    }
  }

  static let cases = [
    Case("*", "memory.created", true),
    Case("*", "a.b.c.d.e.f", true),
    Case("memory.created", "memory.created", true),
    Case("memory.created", "memory.created.again", false),
    Case("memory.created", "memory.updated", false),
    Case("memory.*", "memory.created", true),
    Case("memory.*", "memory.entity.extracted", true),
    Case("memory.*", "memory_x.created", false),
    Case("memory.*.extracted", "memory.entity.extracted", true),
    Case("memory.*.extracted", "memory.extracted", false),
    Case("memory.*.extracted", "memory.a.b.extracted", false),
    Case("*.created", "memory.created", true),
    Case("*.created", "memory.entity.created", false),
    Case("*.*", "memory.created", true),
    Case("*.*", "memory.entity.extracted", true),
    Case("*.*.*", "memory.created", false),
    Case("*.entity.*", "memory.entity.extracted.twice", true),
    Case("memory.entity.*", "memory.entity", false),
  ]

  @Test("a wildcard matches one segment, and as the last one or more", arguments: cases)
  func matching(example: Case) throws {
    let pattern = try EventPattern(validating: example.pattern)
    let type = try EventType(validating: example.type)
    #expect(pattern.matches(type) == example.matches)
    var trie = PatternTrie<Int>()
    trie.insert(pattern, 1)
    #expect(trie.match(type) == (example.matches ? [1] : []))
  }

  @Test(
    "a pattern tells the domain that it is confined to",
    arguments: [
      ("memory.*", "memory"), ("memory.created", "memory"), ("*", nil), ("*.created", nil),
    ] as [(String, String?)])
  func domain(text: String, domain: String?) throws {
    #expect(try EventPattern(validating: text).literalDomain == domain)
  }

  @Test(
    "what is no pattern is refused",
    arguments: [
      "", "memory", "**", "memory.**", "memory.*x", "Memory.*", "memory..*", "a.b.c.d.e.f.*", "memory.created ",
    ])
  func refused(text: String) {
    #expect(throws: EventTypeError.self) { try EventPattern(validating: text) }
  }

  /// The rule said once more, as plainly as can be.
  static func naivelyMatches(_ pattern: [String], _ type: [String]) -> Bool {
    if pattern == ["*"] { return true }
    for (index, segment) in pattern.enumerated() {
      guard index < type.count else { return false }
      if segment == "*", index == pattern.count - 1 { return true }
      if segment != "*", segment != type[index] { return false }
    }
    return pattern.count == type.count
  }

  @Test("the trie finds what a look at every pattern finds, in the order of registration", arguments: 0..<20)
  func trieAgreesWithNaiveMatcher(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    func name(wildcards: Bool) -> String {
      let words = wildcards ? ["a", "b", "c", "*", "*"] : ["a", "b", "c"]
      return (0..<Int.random(in: 2...6, using: &random)).map { _ in
        words[Int.random(in: 0..<words.count, using: &random)]
      }
      .joined(separator: ".")
    }
    var patterns = (0..<200).map { _ in name(wildcards: true) }
    patterns.insert("*", at: 77)
    var trie = PatternTrie<Int>()
    for (index, text) in patterns.enumerated() { trie.insert(try EventPattern(validating: text), index) }
    #expect(trie.count == patterns.count)
    let split = patterns.map { $0.split(separator: ".").map(String.init) }
    for _ in 0..<50 {
      let type = name(wildcards: false)
      let segments = type.split(separator: ".").map(String.init)
      let expected = split.indices.filter { Self.naivelyMatches(split[$0], segments) }
      #expect(trie.match(try EventType(validating: type)) == expected)
    }
  }
}
