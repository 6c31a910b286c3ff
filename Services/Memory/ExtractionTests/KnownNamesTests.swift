import Testing

@testable import Extraction

/// What people listed, and what was seen before, in a text.
@Suite("Names that the caller knows")
struct KnownNamesTests {
  private func read(_ text: String, listed: [NameList.Entry] = [], seen: [NameList.Entry] = []) -> Extraction {
    OfflineExtractor().read(text, at: nil, knowing: KnownNames(listed: NameList(listed), seen: NameList(seen)))
  }

  private func entities(
    _ text: String, listed: [NameList.Entry] = [], seen: [NameList.Entry] = []
  ) -> [String] {
    read(text, listed: listed, seen: seen).entities.map { "\($0.type) \($0.text)" }
  }

  @Test("a listed name is found with its type, and others stay as they were")
  func listed() throws {
    let text = "We moved everything to Zorbly last week, said Maria."
    #expect(!entities(text).contains("product Zorbly"))
    let found = read(text, listed: [.init(name: "zorbly", type: "product")]).entities
    let name = try #require(found.first { $0.text == "Zorbly" })
    #expect(name.type == "product" && name.name == "zorbly" && name.confidence == 0.98)
    #expect(found.contains { $0.text == "Maria" && $0.type == "person" })
    #expect(entities("We use Zorbly.", listed: [.init(name: "Zorbly", type: "nonsense")]) == entities("We use Zorbly."))
  }

  @Test("a listed name wins over the model and over dates, exactly where its words stand")
  func wins() {
    #expect(entities("John Smith visited Paris.").contains("location Paris"))
    #expect(
      entities("John Smith visited Paris.", listed: [.init(name: "Paris", type: "person")])
        == ["person John Smith", "person Paris"])
    #expect(
      entities("Maria Berg sang.", listed: [.init(name: "Berg", type: "product")]).contains("product Berg"))
    #expect(
      entities("They played at Summer 2019 in Oslo.", listed: [.init(name: "Summer 2019", type: "event")])
        .contains("event Summer 2019"))
  }

  @Test("the longest listed name is taken, whatever its accents")
  func longest() {
    let names = [
      NameList.Entry(name: "Nordlys", type: "person"), NameList.Entry(name: "Nørdlys Bank", type: "organization"),
    ]
    #expect(entities("She works at Nordlys Bank today.", listed: names).contains("organization Nordlys Bank"))
    #expect(entities("She knows Nordlys well.", listed: names).contains("person Nordlys"))
  }

  @Test(
    "an ordinary word is taken with the capitals that it was listed with, any other name in whatever case",
    arguments: [
      ("Zorbly", "we asked John about zorbly today", true), ("Zorbly", "ZORBLY is down", true),
      ("Apple", "John ate an apple at work.", false), ("Apple", "John works at Apple.", true),
      ("Apple", "nobody at apple said anything", true), ("IT", "John said it was late.", false),
      ("IT", "It was late, John said.", false), ("IT", "John works in IT.", true), ("IT", "it was late", false),
      ("Blue Door", "John met Ann at blue door again.", true),
    ])
  func capitals(name: String, text: String, isTaken: Bool) {
    let found = entities(text, listed: [.init(name: name, type: "organization")])
    #expect(found.contains { $0.lowercased() == "organization \(name.lowercased())" } == isTaken, "\(found)")
  }

  @Test("digits and signs tell listed names apart")
  func exact() {
    let names = [NameList.Entry(name: "Falcon 9", type: "event"), NameList.Entry(name: "C++", type: "product")]
    #expect(entities("The Falcon 9 flew.", listed: names).contains("event Falcon 9"))
    #expect(!entities("The Falcon 7 flew.", listed: names).contains("event Falcon 7"))
    #expect(entities("Ann writes C++ and C# daily.", listed: names).contains("product C++"))
    #expect(!entities("Ann writes C# daily.", listed: names).contains { $0.hasPrefix("product C#") })
    #expect(entities("See #Falcon 9 now", listed: names).contains("event Falcon 9"))
  }

  @Test("an alias is told by the canonical name, in relationships as well, and is one thing with it")
  func alias() throws {
    let names = [NameList.Entry(name: "Acme Corporation", type: "organization", aliases: ["ACME", "the Anvil people"])]
    let found = read("Maria Berg works at ACME. Acme Corporation is in Oslo.", listed: names)
    #expect(Set(found.entities.filter { $0.type == "organization" }.map(\.name)) == ["Acme Corporation"])
    let job = try #require(found.relationships.first { $0.type == "works_at" })
    #expect(job.source == "Maria Berg" && job.target == "Acme Corporation")
    #expect(
      read("We asked the anvil people.", listed: names).entities.map { [$0.name, $0.text] }
        == [["Acme Corporation", "the anvil people"]])
  }

  @Test("a name that stands for things of two types says nothing")
  func ambiguous() {
    let names = [NameList.Entry(name: "Zorbly", type: "product"), NameList.Entry(name: "zorbly", type: "person")]
    #expect(entities("We use Zorbly.", listed: names) == entities("We use Zorbly."))
  }

  @Test("what has no words, or too many, is no entry")
  func refused() {
    for name in ["", " ", "!?", "one two three four five six seven eight nine"] {
      #expect(NameList.form(of: name) == nil, "\(name)")
    }
    #expect(NameList.form(of: "  Łódz\u{301}  Café ") == "lodz cafe")
    #expect(NameList.form(of: "C++") != NameList.form(of: "C#"))
    #expect(NameList([.init(name: "!?", type: "person")]).isEmpty)
  }

  private static let seen = [
    NameList.Entry(name: "Brintell", type: "organization"), NameList.Entry(name: "Mirelle Voss", type: "person"),
  ]

  @Test("what was seen before is found where a text writes it small, and less sure than any witness is")
  func seen() throws {
    let text = "we talked to brintell about prices"
    #expect(!entities(text).contains("organization brintell"))
    let name = try #require(read(text, seen: Self.seen).entities.first { $0.text == "brintell" })
    #expect(name.type == "organization" && name.name == "Brintell" && name.confidence == 0.7)
    #expect(entities("ask mirelle voss about it", seen: Self.seen).contains("person mirelle voss"))
  }

  @Test(
    "with a capital, as an ordinary word, or where the model is sure, what was seen before changes nothing",
    arguments: [
      ("Brintell sent the invoice.", "Brintell", "person"), ("John ate an apple at work.", "Apple", "organization"),
      ("john lives in london now", "London", "person"), ("she may call us", "May", "person"),
      ("he has a visa for it", "Visa", "organization"), ("I will mark it as done", "Mark", "person"),
    ])
  func unseen(text: String, name: String, type: String) {
    #expect(read(text, seen: [.init(name: name, type: type)]) == read(text))
  }

  @Test("a person's entry counts before what was seen")
  func precedence() {
    #expect(
      entities(
        "we talked to brintell about prices", listed: [.init(name: "brintell", type: "product")], seen: Self.seen
      )
      .contains("product brintell"))
  }

  @Test("a list is put above what another extractor found, and what that said of parts of a name is left out")
  func aboveAnother() {
    let text = "Ann works at Blue Door in Oslo."
    func entity(_ name: String, _ type: String, _ start: Int) -> ExtractedEntity {
      ExtractedEntity(
        name: name, text: name, type: type, start: start, end: start + name.utf8.count, confidence: 0.9)
    }
    func says(_ source: String, _ type: String, _ target: String, _ targetType: String) -> ExtractedRelationship {
      ExtractedRelationship(
        source: source, target: target, sourceType: "person", targetType: targetType, type: type, confidence: 0.8,
        start: 0, end: 31, text: text)
    }
    let other = Extraction(
      entities: [entity("Ann", "person", 0), entity("Blue Door", "location", 13), entity("Oslo", "location", 26)],
      relationships: [
        says("Ann", "works_at", "Blue Door", "location"), says("Ann", "lives_in", "Oslo", "location"),
      ])
    let same = NameList([.init(name: "The Blue Door", type: "organization", aliases: ["blue door"])])
      .listing(in: other, of: text)
    #expect(
      same.entities.map { "\($0.name) \($0.type) \($0.start)" } == [
        "Ann person 0", "The Blue Door organization 13", "Oslo location 26",
      ])
    #expect(
      same.relationships.map { "\($0.target) \($0.targetType)" } == ["The Blue Door organization", "Oslo location"])
    let part = NameList([.init(name: "Door in Oslo", type: "work")]).listing(in: other, of: text)
    #expect(part.entities.map(\.name) == ["Ann", "Door in Oslo"])
    #expect(part.relationships.isEmpty)
    #expect(NameList.empty.listing(in: other, of: text) == other)
    #expect(NameList([.init(name: "Nobody", type: "person")]).listing(in: other, of: text) == other)
  }

  @Test("a list with every word of a long text costs time that is linear in it")
  func linear() {
    let words = (0..<3_000).map { "zorb\($0)" }
    let names = NameList(words.map { NameList.Entry(name: $0, type: "product") })
    for names in [KnownNames(listed: names), KnownNames(seen: names)] {
      let found = OfflineExtractor().read(words.joined(separator: " "), at: nil, knowing: names)
      #expect(found.entities.allSatisfy { $0.start < $0.end })
    }
  }
}
