import Testing

@testable import roost

@Suite("Spelling")
struct SpellingTests {
  @Test(
    "an edit is a letter more, less, other or swapped with its neighbour",
    arguments: [
      ("", "", 0), ("abc", "abc", 0), ("abc", "ab", 1), ("abc", "abcd", 1), ("abc", "abd", 1), ("abc", "acb", 1),
      ("", "abc", 3), ("kitten", "sitting", 3),
    ])
  func distance(first: String, second: String, edits: Int) {
    #expect(Spelling.distance(from: first, to: second) == edits)
    #expect(Spelling.distance(from: second, to: first) == edits)
  }

  @Test("the nearest word is told, and none where all are far")
  func nearest() {
    let known = ["status", "start", "memory", "flow"]
    #expect(Spelling.nearest(to: "stauts", among: known) == "status")
    #expect(Spelling.nearest(to: "mem", among: known) == nil)
    #expect(Spelling.nearest(to: "memo", among: known) == "memory")
    #expect(Spelling.nearest(to: "banana", among: known) == nil)
  }
}
