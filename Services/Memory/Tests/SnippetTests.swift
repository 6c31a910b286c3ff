import RoostTesting
import Testing

@testable import MemoryService

@Suite("Snippets")
struct SnippetTests {
  @Test("a short text is shown whole")
  func whole() {
    #expect(Snippet.around(0..<5, in: "Paris is nice") == "Paris is nice")
  }

  @Test("a long text is cut between words on both sides of the match")
  func cut() throws {
    let text = String(repeating: "before ", count: 40) + "Paris" + String(repeating: " after", count: 40)
    let start = text.utf8.count - 40 * 6 - 5
    let snippet = Snippet.around(start..<start + 5, in: text)
    #expect(snippet.hasPrefix("…before ") && snippet.hasSuffix(" after…") && snippet.contains(" Paris "))
    #expect(snippet.utf8.count < 2 * Snippet.margin + 20)
  }

  @Test("no character is cut in two, whatever the text and the match")
  func characters() {
    var random = SeededGenerator(seed: 7)
    let alphabet: [Character] = ["a", " ", "é", "東", "👩‍👩‍👧‍👦", "e\u{301}\u{302}", "\r\n", "🇩🇪", "\0", "שׁ"]
    for _ in 0..<300 {
      let text = String(
        (0..<Int.random(in: 1...300, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
      let count = text.utf8.count
      let start = Int.random(in: 0..<count, using: &random)
      let snippet = Snippet.around(start..<min(count, start + 3), in: text)
      var piece = snippet[...]
      if piece.first == "…" { piece = piece.dropFirst() }
      if piece.last == "…" { piece = piece.dropLast() }
      let characters = Array(text)
      let shown = Array(piece)
      #expect(shown.isEmpty || characters.indices.contains { characters[$0...].starts(with: shown) })
    }
  }
}
