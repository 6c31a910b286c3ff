import Testing

@testable import Extraction

/// What holds for every text, sensible or not.
@Suite("Any text")
struct ExtractorPropertyTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  /// Made of the pieces, so that they stand everywhere.
  private static let names = KnownNames(
    listed: NameList([
      .init(name: "Paris visited", type: "event"),
      .init(name: "O'Brien", type: "product", aliases: ["tea she", "Dr."]),
      .init(name: "works", type: "person"), .init(name: "@handle", type: "person"),
      .init(name: "in 1999", type: "work"),
    ]),
    seen: NameList([.init(name: "van der", type: "person"), .init(name: "green tea", type: "organization")]))

  private func check(_ text: String) {
    check(text, knowing: .none)
    check(text, knowing: Self.names)
  }

  private func check(_ text: String, knowing known: KnownNames) {
    let found = OfflineExtractor().read(text, at: RelationTests.time, knowing: known)
    let bytes = Array(text.utf8)
    func holds(_ start: Int, _ end: Int, _ words: String) -> Bool {
      start >= 0 && start < end && end <= bytes.count && Array(words.utf8) == Array(bytes[start..<end])
        && (start == bytes.count || bytes[start] & 0xC0 != 0x80)
    }
    for entity in found.entities {
      #expect(holds(entity.start, entity.end, entity.text), "\(entity) of \(text)")
      #expect(entity.confidence > 0 && entity.confidence < 1 && !entity.name.isEmpty)
    }
    let names = Set(found.entities.map(\.name))
    for relation in found.relationships {
      #expect(holds(relation.start, relation.end, relation.text), "\(relation) of \(text)")
      #expect(relation.confidence > 0 && relation.confidence < 1)
      #expect(names.contains(relation.source) && names.contains(relation.target), "\(relation) names no entity")
      #expect(relation.source != relation.target || relation.sourceType != relation.targetType)
    }
    let again = OfflineExtractor().read(text, at: RelationTests.time, knowing: known)
    #expect(again == found, "the same text gave two answers")
  }

  private static let pieces = [
    "John", "Mary Smith", "Paris", "visited", "works at", "Acme Corp.", "the", "and", ",", ".", " ", "\n", "'s", "\"",
    "(", ")", "in 1999", "since", "last summer", "never", "Zoë", "東京", "😀", "e\u{301}", "\u{202E}", "\u{0}",
    "$5 million",
    "a@b.org", "https://x.y/z", "@handle", "O'Brien", "van der", "Dr.", "U.S.", "prefers", "green tea", "she",
    "his wife",
    "İ", "ß", "ﬁ", "\u{FEFF}", "१२३", "CEO of", "3 May 1970", "I", "may", "-", "…",
  ]

  @Test("offsets lie on characters, texts are slices, relations name entities", arguments: 0..<40)
  func random(seed: Int) {
    var generator = Generator(state: UInt64(seed))
    let count = Int.random(in: 0...60, using: &generator)
    let text = (0..<count).map { _ in
      (Self.pieces.randomElement(using: &generator) ?? "") + (Bool.random(using: &generator) ? " " : "")
    }.joined()
    check(text)
    for cut in stride(from: 0, to: text.unicodeScalars.count, by: 7) {
      check(String(String.UnicodeScalarView(text.unicodeScalars.prefix(cut))))
    }
  }

  @Test(
    "long hostile texts come to an end and hold the same promises",
    arguments: ["A ", "in ", "\"", "a", "John visited Paris and ", "(", "the ", "he ", "é", "1 ", "Mary's "])
  func hostile(piece: String) {
    check(String(repeating: piece, count: 20_000 / piece.utf8.count))
  }
}
