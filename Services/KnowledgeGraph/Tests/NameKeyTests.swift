import Testing

@testable import KnowledgeGraphService

@Suite("Name keys")
struct NameKeyTests {
  @Test(
    "names that differ only in what writers vary have one key",
    arguments: [
      ("ÉCOLE", "école"), ("École", "E\u{301}cole"), ("Łódź", "łÓDŹ"), ("Straße", "STRASSE"), ("ΟΔΥΣΣΕΥΣ", "Οδυσσευς"),
      ("Ａｃｍｅ", "acme"), ("ﬁnance", "Finance"), ("Anna  Smith", " anna smith\n"), ("Jean-Luc", "Jean Luc"),
      ("Jean\u{2010}Luc", "jean-luc"), ("O’Brien", "o'brien"), ("U.S.A.", "USA"), ("Acme Inc.", "acme inc"),
      ("“Dune”", "dune"), ("Zero\u{200B}Width", "zerowidth"), ("Ⅷ", "viii"), ("ガ", "ｶﾞ"), ("St. John", "St John"),
    ])
  func same(_ one: String, _ other: String) throws {
    #expect(try #require(NameKey(one)).exact == #require(NameKey(other)).exact)
  }

  @Test(
    "names that tell things apart have different keys",
    arguments: [
      ("École", "Ecole"), ("Łódź", "Lodz"), ("C", "C++"), ("C++", "C#"), (".NET", "Net"), ("Version 3.5", "Version 35"),
      ("JeanLuc", "Jean Luc"), ("@anna", "anna"), ("か", "が"), ("कि", "क"),
    ])
  func different(_ one: String, _ other: String) throws {
    #expect(try #require(NameKey(one)).exact != #require(NameKey(other)).exact)
  }

  @Test(
    "the weaker key forgives missing diacritics",
    arguments: [("École", "ecole"), ("Łódź", "lodz"), ("Ångström", "angstrom"), ("Søren", "soren"), ("İzmir", "Izmir")])
  func weak(_ one: String, _ other: String) throws {
    #expect(try #require(NameKey(one)).weak == #require(NameKey(other)).weak)
  }

  @Test("the weaker key keeps the marks that are letters of their script", arguments: [("か", "が"), ("कि", "क")])
  func scripts(_ one: String, _ other: String) throws {
    #expect(try #require(NameKey(one)).weak != #require(NameKey(other)).weak)
  }

  @Test("a plain name takes the fast way to the key that the slow way gives")
  func fastPath() throws {
    let name = "Anna Maria Smith 2"
    #expect(try #require(NameKey(name)).exact == NameKey.squeezed(NameKey.folded(name)))
  }

  @Test(
    "nothing and far too much are no name", arguments: ["", "  \n", "\u{200B}", String(repeating: "a", count: 1025)])
  func refused(_ name: String) {
    #expect(NameKey(name) == nil)
  }

  @Test("a name of punctuation alone keeps it")
  func punctuation() throws {
    #expect(try #require(NameKey("\"\"")).exact == "\"\"")
  }
}
