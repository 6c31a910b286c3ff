import Testing

@testable import Extraction

@Suite("Name lists")
struct NameListsTests {
  @Test("the compiled lists are there, and know what they are made from")
  func compiled() {
    func kinds(_ name: String) -> NameKind { NameLists.embedded.entry(of: name)?.kinds ?? [] }
    #expect(kinds("Paris").contains(.city))
    #expect(kinds("France").contains(.country))
    #expect(kinds("John").contains(.frequentGivenName))
    #expect(kinds("Juventus F.C.").contains(.team))
    #expect(kinds("The New York Times").contains(.newsMedium))
    #expect(kinds("Stanford University").contains(.institution))
    #expect(kinds("Barack Obama").contains(.publicFigure))
    #expect(NameLists.embedded.entry(of: "xqzzt") == nil)
  }

  @Test("what is in no list is hardly ever taken for what is")
  func marks() {
    let found = (0..<200_000).count { NameLists.embedded.entry(of: KeyHash.of("zq\($0)xw".utf8)) != nil }
    #expect(found == 0)
  }

  @Test("the lists' file does not depend on the order, and a damaged one reads as empty")
  func file() {
    var one = NameListWriter()
    var other = NameListWriter()
    one.add("Paris", .city)
    one.add("New York", .city)
    other.add("New York", .city)
    other.add("Paris", .city)
    #expect(one.serialized() == other.serialized())
    let bytes = one.serialized()
    for cut in 0..<bytes.count {
      Array(bytes.prefix(cut)).withUnsafeBytes { #expect(NameLists($0).entry(of: "Paris") == nil) }
    }
    bytes.withUnsafeBytes { #expect(NameLists($0).entry(of: "Paris")?.kinds == .city) }
  }

  @Test("of the listed names that begin at a word the longest one marks its words, however they are written")
  func longest() {
    var writer = NameListWriter()
    writer.add("New York", .city)
    writer.add("New York Times", .newsMedium)
    writer.add("New York Times Building Company", .business)
    writer.add("Times", .surname)
    writer.serialized().withUnsafeBytes { bytes in
      var forms = SentenceForms(lists: NameLists(bytes), words: WordTable(UnsafeRawBufferPointer(start: nil, count: 0)))
      let text = Array("the new YORK Times building".utf8)
      forms.read([0..<3, 4..<7, 8..<12, 13..<18, 19..<27], of: text)
      let inside = (0..<5).map { forms[$0].listedInside }
      let medium = UInt64(NameKind.newsMedium.rawValue)
      let (first, later, last) = (UInt64(1) << 16, UInt64(1) << 17, UInt64(1) << 18)
      #expect(inside == [0, medium | first, medium | later, medium | later | last, 0])
      #expect((0..<5).map { forms[$0].listed } == [0, 0, 0, UInt64(NameKind.surname.rawValue), 0])
    }
  }
}

@Suite("Table of words")
struct WordTableTests {
  @Test("a word has its class in messages, and the branches that it lies in")
  func messages() {
    let path: UInt32 = 0b1_0110_1
    let file = WordTable.serialized(
      [(hash: KeyHash.of("lol"), bits: 3 << 20 | 1 << 28), (hash: KeyHash.of("alone"), bits: 7)],
      messagePaths: [path], slots: 16)
    file.withUnsafeBytes { bytes in
      let table = WordTable(bytes)
      #expect(table.entry(of: KeyHash.of("lol")).casing == 3)
      var form = WordForm()
      #expect(form.messageBranch(4) == 0)
      form.messagePath = table.messagePath(of: table.entry(of: KeyHash.of("lol")))
      #expect(form.messagePath == UInt64(path))
      #expect(form.messageBranch(2) == 0b1_01)
      #expect(form.messageBranch(5) == UInt64(path))
      #expect(form.messageBranch(12) == UInt64(path))
      #expect(table.messagePath(of: table.entry(of: KeyHash.of("alone"))) == 0)
      #expect(table.messagePath(of: table.entry(of: KeyHash.of("missing"))) == 0)
    }
  }

  @Test("the table knows words that only messages have, and how texts of all kinds write a word")
  func compiled() {
    let table = WordTable.embedded
    let (obama, london) = (table.entry(of: KeyHash.of("obama")), table.entry(of: KeyHash.of("london")))
    #expect(london.capitalClass > 0 && london.casing > 5 && london.frequency > 0)
    #expect(table.messagePath(of: obama) > 0 && table.messagePath(of: obama) != table.messagePath(of: london))
    #expect(table.messagePath(of: london) == table.messagePath(of: table.entry(of: KeyHash.of("nyc"))))
    let message = table.entry(of: KeyHash.of("smdh"))
    #expect(message.frequency == 0 && message.casing == 0 && table.messagePath(of: message) > 0)
  }
}
