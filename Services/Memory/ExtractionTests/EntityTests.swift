import Testing

@testable import Extraction

/// What the model, the rules and the caller's own names find.
@Suite("Entities from text")
struct EntityTests {
  private func entities(_ text: String, _ names: [KnownNames.Entry] = []) -> [String] {
    OfflineExtractor(names: KnownNames(names)).read(text, at: nil).entities.map { "\($0.type) \($0.text)" }
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

  @Test("addresses, handles, sums and dates are read by rule")
  func values() {
    #expect(
      entities("Write to a.b@example.org or @roost before 4 May 2019: https://example.org costs $5 million.")
        == [
          "email a.b@example.org", "handle @roost", "date 4 May 2019", "url https://example.org", "money $5 million",
        ])
  }

  @Test("a name that a user added is found with its type, and others stay as they were")
  func added() {
    let text = "We moved everything to Zorbly last week, said Maria."
    #expect(!entities(text).contains("product Zorbly"))
    let known = entities(text, [.init(name: "zorbly", type: "product", isCertain: true)])
    #expect(known.contains("product Zorbly"))
    #expect(known.contains("person Maria"))
    #expect(
      entities("We use Zorbly.", [.init(name: "Zorbly", type: "nonsense", isCertain: true)])
        == entities("We use Zorbly."))
  }

  @Test("the longest of the added names is taken, whatever its accents")
  func longest() {
    let names = [
      KnownNames.Entry(name: "Nordlys", type: "person", isCertain: true),
      KnownNames.Entry(name: "Nørdlys Bank", type: "organization", isCertain: true),
    ]
    #expect(entities("She works at Nordlys Bank today.", names).contains("organization Nordlys Bank"))
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
        of: "John\tB-PER\nvisited\tO\nParis\tB-LOC\n.\tO\n\nxyzzy\tB-ORG\nis\tO\nhere\tO\n"))
    #expect(evaluation.types["person"]?.right == 1)
    #expect(evaluation.types["location"]?.right == 1)
    #expect(evaluation.types["organization"]?.missed == 1)
    #expect(evaluation.overall.right == 2 && evaluation.overall.missed == 1)
    #expect(evaluation.sentenceCount == 2 && evaluation.rightSentences == 1)
  }
}
