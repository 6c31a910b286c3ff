import Testing

@testable import Extraction

/// What the model and the rules find.
@Suite("Entities from text")
struct EntityTests {
  private func entities(_ text: String) -> [String] {
    OfflineExtractor().read(text, at: nil).entities.map { "\($0.type) \($0.text)" }
  }

  @Test("people, places and organisations are found however they are written")
  func styles() {
    #expect(
      entities("John Smith visited Microsoft in London.")
        == ["person John Smith", "organization Microsoft", "location London"])
    #expect(entities("john smith lives in london").contains("location london"))
    #expect(entities("OBAMA VISITS LONDON TO MEET PRESIDENT").contains("location LONDON"))
    #expect(entities("flying to Paris tomorrow cant wait").contains("location Paris"))
  }

  @Test("a given name belongs to the surname that particles part it from")
  func particles() {
    #expect(entities("Jan van der Berg moved to Berlin.") == ["person Jan van der Berg", "location Berlin"])
    #expect(entities("Ludwig van Beethoven lived in Vienna.") == ["person Ludwig van Beethoven", "location Vienna"])
  }

  @Test("addresses, handles, sums and dates are read by rule")
  func values() {
    #expect(
      entities("Write to a.b@example.org or @roost before 4 May 2019: https://example.org costs $5 million.")
        == [
          "email a.b@example.org", "handle @roost", "date 4 May 2019", "url https://example.org", "money $5 million",
        ])
  }

  @Test("marked sentences are read from a file, and a line of another form is named")
  func files() throws {
    let sentences = try AnnotatedSentence.sentences(of: "Ann\tB-PER\nLee\tI-PER\nsang\tO\n\nOslo\tB-LOC\n")
    #expect(sentences.map(\.words) == [["Ann", "Lee", "sang"], ["Oslo"]])
    #expect(sentences[0].names.map(\.words) == [0..<2])
    #expect { try AnnotatedSentence.sentences(of: "Ann\tB-PER\nLee\n") } throws: { error in
      (error as? AnnotatedSentence.FormatError)?.line == 2
    }
  }

  @Test("an evaluation counts what is right, spurious and missed")
  func evaluation() throws {
    var evaluation = EntityEvaluation(OfflineExtractor())
    evaluation.add(
      try AnnotatedSentence.sentences(
        of: "John\tB-PER\nvisited\tO\nOslo\tB-LOC\n.\tO\n\nxyzzy\tB-ORG\nis\tO\nhere\tO\n"))
    #expect(evaluation.types["person"]?.right == 1)
    #expect(evaluation.types["location"]?.right == 1)
    #expect(evaluation.types["organization"]?.missed == 1)
    #expect(evaluation.overall.right == 2 && evaluation.overall.missed == 1)
    #expect(evaluation.sentenceCount == 2 && evaluation.rightSentences == 1)
  }
}
