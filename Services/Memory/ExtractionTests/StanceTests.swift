import Testing

@testable import Extraction

/// How a text stands to what it says, and when what it says holds.
@Suite("What is stated, and when")
struct StanceTests {
  private static func read(_ text: String) -> [ExtractedRelationship] {
    OfflineExtractor().read(text, at: RelationTests.time).relationships
  }

  private static func find(_ text: String, _ type: String) throws -> ExtractedRelationship {
    try #require(read(text).first { $0.type == type }, "\(read(text).map(\.type)) of \(text)")
  }

  @Test(
    "what is denied, asked, wished or only possible is not stated",
    arguments: [
      "Peter did not join Siemens.", "Peter never met Anna Smith.", "Did John visit Paris?", "Is Laura married to Tom?",
      "Anna may visit Berlin.", "Anna might move to Berlin.", "Peter plans to join Siemens.",
      "Mary wants to visit London.", "If Tom visits Rome, Anna will stay.", "Nobody believes that John visited Paris.",
      "John denies that Peter works at Google.", "I doubt that Emma joined Siemens.",
      "It is not true that John visited Paris.", "Emma almost joined Siemens.", "I wish John lived in London.",
      "Peter refused to join Siemens.", "Anna cannot work at Google.", "Where does Mary live, in London?",
    ])
  func denied(text: String) {
    let telling: Set<String> = [
      "joined", "met", "visited", "married_to", "moved_to", "works_at", "lives_in", "attended",
    ]
    #expect(Self.read(text).allSatisfy { !telling.contains($0.type) }, "\(Self.read(text))")
  }

  @Test(
    "what others say, or nobody is sure of, is less certain than what is stated",
    arguments: [
      ("Peter reportedly joined Siemens.", "Peter joined Siemens.", "joined"),
      ("Rumour has it that Emma joined Siemens.", "Emma joined Siemens.", "joined"),
      ("Perhaps John visited Paris.", "John visited Paris.", "visited"),
      ("Anna allegedly works at Google.", "Anna works at Google.", "works_at"),
    ])
  func hedged(hedged: String, plain: String, type: String) throws {
    let (less, more) = (try Self.find(hedged, type).confidence, try Self.find(plain, type).confidence)
    #expect(less < more * 0.7, "\(less) beside \(more)")
  }

  @Test(
    "what no longer holds has ended by the time of the text",
    arguments: [
      ("Peter no longer works at Google.", "works_at"), ("Mary used to live in London.", "lives_in"),
      ("Peter does not work at Google anymore.", "works_at"), ("John Smith, former CEO of Microsoft, spoke.", "leads"),
    ])
  func ended(text: String, type: String) throws {
    #expect(try Self.find(text, type).validTo == "2026-09-21T00:00:00Z")
  }

  @Test(
    "a time is resolved against the text's own time",
    arguments: [
      ("John visited Paris last summer.", "visited", "2026-06-01", "2026-09-01"),
      ("John visited Paris two weeks ago.", "visited", "2026-09-07", "2026-09-14"),
      ("John visited Paris in the 1990s.", "visited", "1990-01-01", "2000-01-01"),
      ("John visited Paris in Q3 2024.", "visited", "2024-07-01", "2024-10-01"),
      ("John visited Paris in the second quarter of 2024.", "visited", "2024-04-01", "2024-07-01"),
      ("John visited Paris in the summer of 2019.", "visited", "2019-06-01", "2019-09-01"),
      ("Mary has lived in London since 2019.", "lives_in", "2019-01-01", nil),
      ("Mary lived in London until March 2020.", "lives_in", nil, "2020-03-01"),
      ("Mary has lived in London for three years.", "lives_in", "2023-09-21", nil),
      ("Peter worked at Google from 2010 to 2015.", "works_at", "2010-01-01", "2016-01-01"),
      ("Peter worked at Google between 2010 and 2015.", "works_at", "2010-01-01", "2016-01-01"),
      ("From 2010 to 2015 Peter worked at Google.", "works_at", "2010-01-01", "2016-01-01"),
      ("Peter was hired by Google in May 2019.", "works_at", "2019-05-01", nil),
      ("Mary lives in London.", "lives_in", nil, nil),
    ] as [(String, String, String?, String?)])
  func times(text: String, type: String, from: String?, to: String?) throws {
    let found = try Self.find(text, type)
    #expect([found.validFrom, found.validTo] == [from, to].map { $0.map { $0 + "T00:00:00Z" } }, "\(text)")
  }

  @Test("each statement takes the time beside it")
  func attachment() throws {
    let found = Self.read("Peter joined Google in 2010, and Anna Smith left Siemens in 2015.")
    #expect(found.first { $0.type == "joined" }?.validFrom == "2010-01-01T00:00:00Z")
    #expect(found.first { $0.type == "left" }?.validFrom == "2015-01-01T00:00:00Z")
  }
}
