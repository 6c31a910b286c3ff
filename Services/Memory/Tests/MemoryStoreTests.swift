import RoostTesting
import RuntimeHost
import Testing

@testable import MemoryService

@Suite("The store of memories")
struct MemoryStoreTests {
  @Test("a change makes a version, and the one before stays in the history", arguments: TestEngine.available)
  func versions(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let memory = try await memories.create("one", filters: ["topic": "a"], at: TestMemories.time(0))
      #expect(try await memories.update(memory.id, content: "two", at: TestMemories.time(1)) == ["content"])
      #expect(try await memories.update(memory.id, filters: ["topic": "b"], at: TestMemories.time(2)) == ["filters"])
      let now = try #require(try await memories.memory(memory.id))
      #expect((now.version, now.contentVersion, now.content) == (3, 2, "two"))
      #expect(now.filters == ["topic": "b"])
      #expect((now.createdAt, now.updatedAt) == (TestMemories.time(0), TestMemories.time(2)))
      let history = try #require(try await memories.history(memory.id))
      #expect(history.map(\.version) == [1, 2, 3])
      #expect(history.map(\.change) == [.created, .updated, .updated])
      #expect(history.map(\.content) == ["one", "two", "two"])
      #expect(history.map(\.filters) == [["topic": "a"], ["topic": "a"], ["topic": "b"]])
      #expect(history.map(\.madeAt) == [0, 1, 2].map(TestMemories.time))
    }
  }

  @Test("a change to what is there already makes no version", arguments: TestEngine.available)
  func noChange(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let memory = try await memories.create("one", filters: ["a": 1])
      #expect(try await memories.update(memory.id, content: "one", filters: ["a": 1]).isEmpty)
      #expect(try await memories.memory(memory.id)?.version == 1)
    }
  }

  @Test("another spelling of the same characters is a change", arguments: TestEngine.available)
  func spelling(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let memory = try await memories.create("caf\u{e9}")
      #expect(try await memories.update(memory.id, content: "cafe\u{301}") == ["content"])
      #expect(try await memories.memory(memory.id).map { Array($0.content.utf8) } == Array("cafe\u{301}".utf8))
    }
  }

  @Test(
    "deleting erases the text from every version and every index, and keeps that there were versions",
    arguments: TestEngine.available)
  func deletion(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let memory = try await memories.create("Maria lives in Paris", filters: ["secret": "yes"])
      try await memories.update(memory.id, content: "Maria lives in Rome")
      let current = try #require(try await memories.memory(memory.id))
      try await memories.found([("Maria", "person", "Maria")], in: current)
      #expect(try await memories.delete(memory.id, at: TestMemories.time(9)) == 3)
      #expect(try await memories.memory(memory.id) == nil)
      #expect(try await memories.delete(memory.id) == nil)
      let history = try #require(try await memories.history(memory.id))
      #expect(history.map(\.change) == [.created, .updated, .deleted])
      #expect(history.allSatisfy { $0.content == nil && $0.filters == nil })
      #expect(history.last?.madeAt == TestMemories.time(9))
      #expect(try await memories.search("maria paris rome").isEmpty)
      #expect(try await memories.search { $0.entity = "Maria" }.isEmpty)
      let left = try await memories.database.read { tx in
        try tx.query(
          """
          SELECT count(*) FROM memories WHERE content IS NOT NULL OR filters IS NOT NULL
          UNION ALL SELECT count(*) FROM memory_versions WHERE content IS NOT NULL OR filters IS NOT NULL
          UNION ALL SELECT count(*) FROM memory_extractions UNION ALL SELECT count(*) FROM memory_entities
          """
        ) { try $0.int(0) }
      }
      #expect(left == [0, 0, 0, 0])
    }
  }

  @Test("a list is whole while memories are added and deleted between its pages", arguments: TestEngine.available)
  func paging(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      for number in 0..<25 { try await memories.create("text \(number)", id: "mem_\(number)", user: "u") }
      var seen: [String] = []
      var before: Int64?
      var added = 25
      while true {
        let last = before
        let page = try await memories.database.read {
          try MemoryStore(in: $0).list(userID: "u", agentID: nil, before: last, limit: 4)
        }
        guard let end = page.last else { break }
        seen += page.map(\.id)
        before = end.rowID
        for _ in 0..<3 {
          try await memories.create("added", id: "mem_\(added)", user: "u")
          added += 1
        }
        try await memories.delete("mem_\(added - 1)")
      }
      #expect(seen == (0..<25).reversed().map { "mem_\($0)" })
    }
  }

  @Test("a list holds one user's and one agent's memories alone", arguments: TestEngine.available)
  func owners(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      for (user, agent) in [("a", "x"), ("a", "y"), ("b", "x"), (nil, nil)] {
        try await memories.create("text", id: "mem_\(user ?? "")\(agent ?? "")", user: user, agent: agent)
      }
      func list(_ user: String?, _ agent: String?) async throws -> [String] {
        try await memories.database.read {
          try MemoryStore(in: $0).list(userID: user, agentID: agent, before: nil, limit: 10).map(\.id)
        }
      }
      #expect(try await list("a", nil) == ["mem_ay", "mem_ax"])
      #expect(try await list(nil, "x") == ["mem_bx", "mem_ax"])
      #expect(try await list("a", "x") == ["mem_ax"])
      #expect(try await list(nil, nil).count == 4)
      #expect(try await list("c", nil).isEmpty)
    }
  }

  @Test(
    "every text comes back byte for byte, is found by its words, and leaves the index clean when it changes",
    arguments: TestEngine.available)
  func roundTrip(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      var random = SeededGenerator(seed: 42)
      let pieces = [
        "a", "Paris", " ", "\0", "\u{1}", "\"", "\\", "\\u0000", "'", "’", "\u{FEFF}", "\u{FFFD}",
        "\u{202E}אבג\u{202C}",
        "👩‍👩‍👧‍👦", "🇩🇪", "e\u{301}", "\u{e9}", "東京", "\u{10FFFF}", "\r\n", "%", "ß", "ﬁ", "½", "NEAR(", "*", "\u{85}",
        "\u{2028}",
      ]
      for number in 0..<200 {
        func text() -> String {
          (0..<Int.random(in: 1...40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "a" }.joined()
        }
        let (first, second) = (text(), text())
        let id = "mem_\(number)"
        try await memories.create(first, id: id, filters: [first: .string(second)])
        let stored = try #require(try await memories.memory(id))
        #expect(Array(stored.content.utf8) == Array(first.utf8))
        #expect(ExactComparison.isSame(stored.filters, [first: .string(second)]))
        if SearchTokenizer.words(in: first).isEmpty == false {
          let hits = try await memories.search { query in
            query.words = first
            query.match = .all
          }
          #expect(SearchPhrase.phrases(in: first).count >= SearchPhrase.limit || hits.contains { $0.memory.id == id })
        }
        try await memories.update(id, content: second)
        #expect(try await memories.memory(id).map { Array($0.content.utf8) } == Array(second.utf8))
        if number % 3 == 0 { try await memories.delete(id) }
      }
      for number in 0..<200 { try await memories.delete("mem_\(number)") }
      // With the index empty, no term may be left that still finds a row.
      let left = try await memories.database.read { tx in
        let condition =
          switch tx.dialect {
          case .sqlite: "memory_words MATCH 'words : (a OR paris OR 東 OR e)'"
          case .postgresql: "TRUE"
          }
        return try tx.query("SELECT count(*) FROM memory_words WHERE \(condition)") { try $0.int(0) }
      }
      #expect(left == [0])
    }
  }
}
