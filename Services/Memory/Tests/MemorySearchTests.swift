import RoostTesting
import RuntimeHost
import Testing

@testable import MemoryService

@Suite("Searches of memories")
struct MemorySearchTests {
  @Test("each hit names the words that it holds and shows them", arguments: TestEngine.available)
  func words(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let paris = try await memories.create("Maria visited Paris and its cafés in spring")
      try await memories.create("Jonas stayed at home")
      let hits = try await memories.search("cafe PARIS museum")
      #expect(hits.map(\.memory.id) == [paris.id])
      guard case .words(let terms, let snippet) = hits[0].reasons[0] else { return #expect(Bool(false)) }
      #expect(terms == ["cafe", "PARIS"])
      #expect(snippet == "Maria visited Paris and its cafés in spring")
      #expect(hits[0].score > 0)
    }
  }

  @Test(
    "what holds more of the words stands first; with match all it must hold every one", arguments: TestEngine.available)
  func ranking(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      for number in 0..<20 { try await memories.create("filler number \(number)") }
      let one = try await memories.create("red apples are good")
      let both = try await memories.create("red wine in Bordeaux")
      #expect(try await memories.search("red wine").map(\.memory.id) == [both.id, one.id])
      let all = try await memories.search { query in
        query.words = "red wine"
        query.match = .all
      }
      #expect(all.map(\.memory.id) == [both.id])
    }
  }

  @Test("words in quotation marks must stand side by side", arguments: TestEngine.available)
  func phrases(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let match = try await memories.create("a flight to New York City")
      try await memories.create("new shoes from York")
      #expect(try await memories.search("\"new york\"").map(\.memory.id) == [match.id])
    }
  }

  @Test("a script without spaces is searched by its characters side by side", arguments: TestEngine.available)
  func scripts(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let tokyo = try await memories.create("昨日東京タワーに行きました")
      try await memories.create("京都の東")
      #expect(try await memories.search("東京").map(\.memory.id) == [tokyo.id])
      let party = try await memories.create("good party🎉")
      #expect(try await memories.search("🎉").map(\.memory.id) == [party.id])
      #expect(try await memories.search("party").map(\.memory.id) == [party.id])
    }
  }

  @Test(
    "however long a text is, words at its end are found side by side, and words that stand apart are not",
    arguments: TestEngine.available)
  func longTexts(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let common = try await memories.create(String(repeating: "the day and ", count: 400) + "the night falls")
      #expect(try await memories.search("\"the night falls\"").map(\.memory.id) == [common.id])
      #expect(try await memories.search("\"day night\"").isEmpty)
      let han = (0..<17_000).compactMap { Unicode.Scalar(0x5000 + $0 % 3_000) }.map(String.init).joined()
      let tower = try await memories.create(han + "東京塔")
      #expect(try await memories.search("東京塔").map(\.memory.id) == [tower.id])
      #expect(try await memories.search("塔東").isEmpty)
      // Each scalar stands for 18 when it is folded.
      let ligatures = try await memories.create(String(repeating: "ﷺ ", count: 16_000))
      #expect(try await memories.search("ﷺ").map(\.memory.id) == [ligatures.id])
      for memory in [common, tower, ligatures] { try await memories.delete(memory.id) }
      #expect(try await memories.search("the 東京塔 ﷺ").isEmpty)
    }
  }

  @Test("owners whose ids begin alike are told apart, however long the ids are", arguments: TestEngine.available)
  func longOwners(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let id = String(repeating: "🦊", count: 255)
      for last in ["a", "b"] { try await memories.create("tea", id: "mem_\(last)", user: id + last, agent: last) }
      let found = try await memories.search { query in
        query.words = "tea"
        query.userID = id + "b"
      }
      #expect(found.map(\.memory.id) == ["mem_b"])
    }
  }

  static let nasty = [
    "\"", "\"\"\"", "'", "a\"b", "*", "a*", "^a", "a:b", "words:a", "-a", "+a", "a AND", "AND OR NOT", "NEAR(a b, 2)",
    "(", ")", "(a", "{a b}", "a\0b", "\0", ";", "--", "'; DROP TABLE memories; --", "\\", "%", "a,b", "🎉", "\u{FFFD}",
    "\u{202E}abc", " ", "", "a + b", "scope : \"x\"", "rank MATCH 'x'", "\u{0301}", "½", "ﷺ",
    String(repeating: "(", count: 1000), String(repeating: "word ", count: 200),
    String(repeating: "\"a\" ", count: 200),
  ]

  @Test("no question is an error of syntax", arguments: nasty, TestEngine.available)
  func escaping(_ question: String, on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      try await memories.create("a b word abc", user: "u")
      for match in SearchQuery.Match.allCases {
        _ = try await memories.search { query in
          query.words = question
          query.match = match
          query.userID = "u\"* OR"
          query.agentID = question
        }
      }
    }
  }

  @Test("operators are words like any other", arguments: TestEngine.available)
  func operators(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let match = try await memories.create("this or that")
      try await memories.create("nothing here")
      #expect(try await memories.search("NOT OR").map(\.memory.id) == [match.id])
    }
  }

  @Test("a search is narrowed by owner, time and labels", arguments: TestEngine.available)
  func narrowing(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      for (id, user, agent, second) in [("1", "a", "x", 1), ("2", "a", "y", 2), ("3", "b", "x", 3), ("4", nil, nil, 4)]
      {
        try await memories.create(
          "tea", id: "mem_\(id)", user: user, agent: agent, filters: ["n": .string(id), "kind": "drink"],
          at: TestMemories.time(second))
      }
      func found(_ build: @Sendable (inout SearchQuery) -> Void) async throws -> [String] {
        try await memories.search { query in
          query.words = "tea"
          build(&query)
        }.map(\.memory.id).sorted()
      }
      #expect(try await found { _ in }.count == 4)
      #expect(try await found { $0.userID = "a" } == ["mem_1", "mem_2"])
      #expect(try await found { $0.agentID = "x" } == ["mem_1", "mem_3"])
      #expect(
        try await found {
          $0.userID = "a"; $0.agentID = "x"
        } == ["mem_1"])
      #expect(try await found { $0.userID = "A" }.isEmpty)
      #expect(try await found { $0.from = TestMemories.time(2) } == ["mem_2", "mem_3", "mem_4"])
      #expect(try await found { $0.to = TestMemories.time(2) } == ["mem_1"])
      #expect(try await found { $0.filters = ["kind": "drink", "n": "3"] } == ["mem_3"])
      #expect(try await found { $0.filters = ["kind": "food"] }.isEmpty)
    }
  }

  @Test(
    "labels are looked for behind the best thousand as well, and no more than a thousand are found",
    arguments: TestEngine.available)
  func manyMatches(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      try await memories.database.write { tx in
        for number in 0..<1_100 {
          let filters: JSONObject = number < 5 ? ["kind": "rare"] : [:]
          _ = try MemoryStore(in: tx).create(
            MemoryDraft(content: "tea", filters: filters), id: "mem_\(number)", at: TestMemories.epoch)
        }
      }
      let found = try await memories.search("tea")
      #expect(found.map(\.memory.id) == (100..<1_100).reversed().map { "mem_\($0)" })
      let rare = try await memories.search { query in
        query.words = "tea"
        query.filters = ["kind": "rare"]
      }
      #expect(rare.map(\.memory.id) == (0..<5).reversed().map { "mem_\($0)" })
    }
  }

  @Test(
    "an entity is found by its name, its first words and its mentions, and the hit says so",
    arguments: TestEngine.available)
  func entities(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let berg = try await memories.create("Maria Berg met Jonas. Berg left early.")
      try await memories.found(
        [("Maria Berg", "person", "Maria Berg"), ("Jonas", "person", "Jonas"), ("Maria Berg", "person", "Berg")],
        in: berg
      )
      let other = try await memories.create("Mariana sang")
      try await memories.found([("Mariana", "person", "Mariana")], in: other)
      for name in ["maria berg", "MARIA", " Berg "] {
        let hits = try await memories.search { $0.entity = name }
        #expect(hits.map(\.memory.id) == [berg.id], "\(name)")
        guard case .entity(let entry) = hits[0].reasons[0] else { return #expect(Bool(false)) }
        #expect(entry == EntityIndex.Entry(name: "Maria Berg", type: "person", confidence: 0.75))
        #expect(hits[0].reasons.count == 1)
      }
      #expect(try await memories.search { $0.entity = "mar" }.isEmpty)
      #expect(try await memories.search { $0.entity = "  " }.isEmpty)
      let both = try await memories.search { query in
        query.words = "early"
        query.entity = "Jonas"
      }
      #expect(both.map(\.memory.id) == [berg.id])
      #expect(both[0].reasons.count == 2)
    }
  }

  @Test("a search by words names the entities that the words are part of", arguments: TestEngine.available)
  func entitiesOfWords(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let memory = try await memories.create("Maria Berg likes tea")
      try await memories.found([("Maria Berg", "person", "Maria Berg"), ("Tea House", "location", nil)], in: memory)
      let hits = try await memories.search("berg likes")
      let names = hits[0].reasons.compactMap { reason -> String? in
        guard case .entity(let entry) = reason else { return nil }
        return entry.name
      }
      #expect(names == ["Maria Berg"])
    }
  }

  @Test(
    "a new text is found by its words at once, and no longer by the old ones or the old entities",
    arguments: TestEngine.available)
  func update(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let memory = try await memories.create("Maria lives in Paris")
      try await memories.found([("Paris", "location", "Paris")], in: memory)
      try await memories.update(memory.id, filters: ["a": 1])
      #expect(try await memories.search { $0.entity = "Paris" }.count == 1)
      try await memories.update(memory.id, content: "Maria lives in Rome")
      #expect(try await memories.search("paris").isEmpty)
      #expect(try await memories.search { $0.entity = "Paris" }.isEmpty)
      #expect(try await memories.search("rome").map(\.memory.version) == [3])
    }
  }

  @Test("a ranking that is kept comes back as it was, for an hour", arguments: TestEngine.available)
  func pages(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      var query = SearchQuery()
      query.words = "tea \"new york\" é"
      query.entity = "Maria"
      query.match = .all
      query.from = TestMemories.time(1)
      query.filters = ["deep": ["a": [1, 2.5, nil]]]
      let matches = (1...1000).map { SearchMatch(rowID: Int64($0), score: 1 / Double($0)) }
      try await memories.database.write { [query] tx in
        try SearchPages(in: tx).save(matches, of: query, searchID: "s", at: TestMemories.epoch)
      }
      func kept(_ seconds: Int) async throws -> (query: SearchQuery, matches: [SearchMatch])? {
        try await memories.database.read { try SearchPages(in: $0).search("s", at: TestMemories.time(seconds)) }
      }
      let found = try #require(try await kept(3599))
      #expect(found.query == query)
      #expect(found.matches == matches)
      #expect(try await kept(3600) == nil)
      let removed = try await memories.database.write {
        try SearchPages(in: $0).removeExpired(at: TestMemories.time(3600), limit: 10)
      }
      #expect(removed == 1)
    }
  }
}
