import Testing

@testable import Extraction

@Suite("A set of words")
struct WordSetTests {
  @Test("has its words and no other, words that fall on one slot included")
  func contains() {
    let words = WordSet("former ex previously\nonetime")
    #expect(["former", "ex", "previously", "onetime"].allSatisfy { words.contains(KeyHash.of($0.utf8)) })
    #expect(!words.contains(KeyHash.of("formerly".utf8)) && !words.contains(0))
    let close = WordSet(hashes: [7, 7 + 64, 7 + 128, 7])
    #expect([7, 71, 135].allSatisfy { close.contains($0) } && !close.contains(199))
    #expect(close.hashes.sorted() == [7, 71, 135])
    #expect(!WordSet(hashes: []).contains(7))
  }
}
