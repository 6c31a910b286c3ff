import Testing

@testable import Extraction

/// What the rules read out of single sentences.
@Suite("Relations from text")
struct RelationTests {
  /// 2026-09-21: what relative times count from.
  static let time: Int64 = 1_789_948_800_000_000

  static func relations(_ text: String) -> [String] {
    OfflineExtractor().read(text, at: time).relationships.map { "\($0.source) \($0.type) \($0.target)" }
  }

  @Test(
    "a sentence states the relation that its words state",
    arguments: [
      ("John visited Paris last summer.", "John visited Paris"),
      ("Maria Berg works at Acme Corp.", "Maria Berg works_at Acme Corp."),
      ("Emma joined Siemens in 2021.", "Emma joined Siemens"),
      ("Peter Jones left Google in May 2019.", "Peter Jones left Google"),
      ("Acme Corp was founded by Peter Jones in 1998.", "Peter Jones founded Acme Corp"),
      ("Peter Jones founded Acme Corp.", "Peter Jones founded Acme Corp."),
      ("John Smith, the CEO of Microsoft, spoke.", "John Smith leads Microsoft"),
      ("Laura manages Tom Baker.", "Laura manages Tom Baker"),
      ("Anna Smith reports to Peter Jones.", "Anna Smith reports_to Peter Jones"),
      ("David Brown succeeded Mary White.", "David Brown succeeded Mary White"),
      ("Laura teaches at Harvard University.", "Laura teaches_at Harvard University"),
      ("Thomas studied at Oxford University.", "Thomas studied_at Oxford University"),
      ("Emma graduated from Stanford University.", "Emma graduated_from Stanford University"),
      ("Mary lives in London.", "Mary lives_in London"),
      ("Jan van der Berg moved to Berlin in 2015.", "Jan van der Berg moved_to Berlin"),
      ("David grew up in Boston.", "David grew_up_in Boston"),
      ("John Smith was born in Boston.", "John Smith born_in Boston"),
      ("John Smith was born on 3 May 1970.", "John Smith born_on 3 May 1970"),
      ("John Smith died in Madrid.", "John Smith died_in Madrid"),
      ("Zoë is married to José García.", "Zoë married_to José García"),
      ("Tom's wife Laura sings.", "Laura married_to Tom"),
      ("Kathleen's brother Tom is here.", "Tom sibling_of Kathleen"),
      ("Mary met Peter in Rome.", "Mary met Peter"),
      ("Alice prefers green tea.", "Alice prefers green tea"),
      ("Bob likes jazz.", "Bob likes jazz"),
      ("Bob hates broccoli.", "Bob dislikes broccoli"),
      ("Anna is allergic to peanuts.", "Anna allergic_to peanuts"),
      ("Google acquired YouTube in 2006.", "Google acquired YouTube"),
      ("YouTube was acquired by Google.", "Google acquired YouTube"),
      ("Siemens is headquartered in Munich.", "Siemens headquartered_in Munich"),
      ("Oxford University is located in Oxford.", "Oxford University located_in Oxford"),
      ("Paris is the capital of France.", "Paris capital_of France"),
      ("Germany borders France.", "Germany borders France"),
    ])
  func stated(text: String, relation: String) {
    #expect(Self.relations(text).contains(relation), "\(Self.relations(text))")
  }

  @Test(
    "what is denied or only possible is not stated",
    arguments: [
      "Peter never worked at Google.", "Anna may visit Berlin next week.", "John did not visit Paris.",
      "Mary didn't join Siemens.", "Emma could move to London.", "If Tom visits Rome, Anna will stay.",
    ])
  func denied(text: String) {
    #expect(Self.relations(text).isEmpty, "\(Self.relations(text))")
  }

  @Test("a time beside the statement says when it holds")
  func times() throws {
    func times(_ text: String) throws -> [String?] {
      let relation = try #require(OfflineExtractor().read(text, at: Self.time).relationships.first)
      return [relation.validFrom, relation.validTo]
    }
    #expect(try times("John visited Paris last summer.") == ["2026-06-01T00:00:00Z", "2026-09-01T00:00:00Z"])
    #expect(try times("Mary has lived in London since 2019.") == ["2019-01-01T00:00:00Z", nil])
    #expect(try times("Google acquired YouTube in 2006.") == ["2006-01-01T00:00:00Z", "2007-01-01T00:00:00Z"])
    #expect(try times("Mary lives in London.") == [nil, nil])
  }

  @Test("a pronoun and a surname stand for the person named before")
  func references() {
    #expect(
      Self.relations("Maria Berg works at Acme Corp. She reports to Anna Smith.")
        .contains("Maria Berg reports_to Anna Smith"))
    #expect(Self.relations("Maria Berg is here. Berg lives in London.").contains("Maria Berg lives_in London"))
  }

  @Test("what is joined by and is read for each")
  func coordination() {
    #expect(
      Set(Self.relations("John and Mary visited Paris and Berlin."))
        == ["John visited Paris", "John visited Berlin", "Mary visited Paris", "Mary visited Berlin"])
  }

  @Test("there are at least forty kinds of relations, each with phrases")
  func table() {
    let names = Set(RelationTable.standard.relations.map(\.name))
    #expect(names.count >= 40)
    #expect(RelationTable.standard.relations.allSatisfy { !$0.phrases.isEmpty })
    #expect(RelationTable.standard.patterns.allSatisfy { !$0.anchor.isEmpty })
  }
}
