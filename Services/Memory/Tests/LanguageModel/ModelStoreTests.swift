import MemoryEvents
import RoostTesting
import RuntimeHost
import Testing

@testable import MemoryService

@Suite("The model's settings and stores")
struct ModelStoreTests {
  @Test(
    "an address may be a host, a base or the whole path",
    arguments: [
      ("http://localhost:11434", "http://localhost:11434/v1/chat/completions"),
      ("https://api.example.org/v1/", "https://api.example.org/v1/chat/completions"),
      ("https://example.org/llm/v1/chat/completions", "https://example.org/llm/v1/chat/completions"),
      ("https://example.org/x/chat/completions?api-version=1", "https://example.org/x/chat/completions?api-version=1"),
    ])
  func address(url: String, expected: String) throws {
    let settings = try ModelSettings(.values(["llm_url": url, "llm_model": "m"]))
    #expect(settings?.url == expected)
  }

  @Test("without an address there is no model, and a setting that cannot be used is named")
  func settings() throws {
    #expect(try ModelSettings(.values()) == nil)
    let good = ["llm_url": "http://localhost:1", "llm_model": "m"]
    let bad: [(String, String?)] = [
      ("llm_url", "localhost"), ("llm_url", "ftp://x"), ("llm_url", "http://u:p@x"), ("llm_model", nil),
      ("llm_model", "a b"), ("llm_key", "a\nb"), ("llm_timeout", "0s"), ("llm_tokens_per_day", "0"),
      ("llm_concurrency", "65"), ("llm_timeout", "soon"),
    ]
    for (name, value) in bad {
      var values = good
      values[name] = value
      let error = #expect(throws: ConfigurationError.self) { try ModelSettings(.values(values)) }
      #expect(error?.message.contains(".\(name) ") == true, "\(name): \(error?.message ?? "")")
    }
    #expect(throws: ConfigurationError.self) { try ModelSettings(.values(["llm_model": "m"])) }
  }

  @Test("what an endpoint refused is left out for an hour, and tried again then")
  func support() {
    let clock = ManualClock()
    let support = ChatSupport(clock: clock)
    #expect(support.options.format == .schema)
    support.refuse([.schema, .temperature])
    #expect(support.options.format == .jsonObject && !support.options.uses(.temperature))
    clock.advance(by: ChatSupport.memory - .seconds(1))
    #expect(support.options.format == .jsonObject)
    clock.advance(by: .seconds(1))
    #expect(support.options == ChatOptions())
  }

  @Test(
    "the day's tokens are never overspent, what was put down too much comes back, and a new day is a new one",
    arguments: TestEngine.available)
  func budget(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      try await memories.database.write { tx in
        let budget = TokenBudget(in: tx)
        let noon = TestMemories.time(12 * 3600)
        #expect(try budget.reserve(60, limit: 100, at: noon) == nil)
        #expect(try budget.reserve(60, limit: 100, at: noon) == .seconds(12 * 3600))
        try budget.settle(reserved: 60, used: 40, reservedAt: noon)
        #expect(try budget.reserve(60, limit: 100, at: noon) == nil)
        #expect(try budget.used(at: noon) == 100)
        #expect(try budget.reserve(1, limit: 100, at: noon) == .seconds(12 * 3600))
        let tomorrow = TestMemories.time(24 * 3600)
        #expect(try budget.reserve(100, limit: 100, at: tomorrow) == nil)
        // A call that went over midnight is its own day's.
        try budget.settle(reserved: 60, used: 10, reservedAt: noon)
        #expect(try budget.used(at: noon) == 50)
        #expect(try budget.used(at: tomorrow) == 100)
      }
    }
  }

  @Test(
    "an answer is kept for its text and extractor, and goes when it is old, one too many, or its text deleted",
    arguments: TestEngine.available)
  func cache(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let memory = try await memories.create("first text")
      try await memories.update(memory.id, content: "second text")
      try await memories.database.write { tx in
        let cache = AnswerCache(in: tx)
        let day = 86_400
        for (number, text) in ["first text", "second text", "a", "b", "c"].enumerated() {
          try cache.save(
            ["n": JSONValue(number)], to: AnswerCache.hash(of: text), by: "m/1", at: TestMemories.time(number))
        }
        #expect(try cache.answer(to: AnswerCache.hash(of: "a"), by: "m/1", at: TestMemories.time(day)) == ["n": 2])
        #expect(try cache.answer(to: AnswerCache.hash(of: "a"), by: "m/2", at: TestMemories.time(day)) == nil)
        try cache.save(
          ["big": .string(String(repeating: "x", count: AnswerCache.answerLimit))], to: "big", by: "m/1",
          at: TestMemories.epoch)
        #expect(try cache.answer(to: "big", by: "m/1", at: TestMemories.epoch) == nil)
      }
      try await memories.delete(memory.id)
      try await memories.database.write { tx throws in
        let cache = AnswerCache(in: tx)
        func kept() throws -> [String] {
          try tx.query("SELECT answer FROM model_answers ORDER BY used_at") { try $0.string(0) }
        }
        #expect(try kept() == [#"{"n":3}"#, #"{"n":4}"#, #"{"n":2}"#])
        #expect(try cache.prune(at: TestMemories.time(0), limit: 100, rowLimit: 2) == 1)
        #expect(try kept() == [#"{"n":4}"#, #"{"n":2}"#])
        #expect(try cache.prune(at: TestMemories.time(4) + AnswerCache.retention, limit: 100) == 1)
        #expect(try kept() == [#"{"n":2}"#])
      }
    }
  }

  @Test(
    "a reading is one worker's until its lease is over; what an earlier one says does not count then",
    arguments: TestEngine.available)
  func leases(on engine: TestEngine) async throws {
    try await TestMemories.run(on: engine) { memories in
      let memory = try await memories.create("text")
      func take(_ owner: String, at seconds: Int) async throws -> ModelReading? {
        try await memories.database.write { tx in
          try ReadingStore(in: tx).take(owner: owner, for: .seconds(10), at: TestMemories.time(seconds))
        }
      }
      func isCurrent(_ reading: ModelReading) async throws -> Bool {
        try await memories.database.read { try ReadingStore(in: $0).isCurrent(reading) }
      }
      try await memories.database.write { tx in
        try ReadingStore(in: tx).add(
          row: memory.rowID, memoryID: memory.id, version: 1, storedAt: TestMemories.epoch,
          flow: EventMetadata(correlationID: "corr_1", causationID: "e1"), at: TestMemories.epoch)
      }
      let first = try #require(try await take("a", at: 0))
      #expect(first.content == "text" && first.flow.correlationID == "corr_1" && first.flow.causationID == "e1")
      #expect(try await take("b", at: 9) == nil)
      #expect(try await isCurrent(first))
      let second = try #require(try await take("b", at: 10))
      #expect(try await !isCurrent(first))
      #expect(try await isCurrent(second))
      // The earlier one's failure changes nothing either.
      try await memories.database.write { tx in try ReadingStore(in: tx).giveUp(first, error: "late") }
      #expect(try await isCurrent(second))
      try await memories.database.write { tx in
        try ReadingStore(in: tx).release(owner: "b", at: TestMemories.time(11))
      }
      #expect(try await take("c", at: 11)?.claim == 3)
    }
  }

  @Test("entities and relationships are compared once each, by name and type")
  func comparison() throws {
    func outcome(_ names: [(String, String)], _ relations: [(String, String, String)]) -> MemoryEntityExtracted {
      MemoryEntityExtracted(
        memoryID: "m", memoryVersion: 1, extractor: "x",
        entities: names.map { .init(name: $0.0, type: $0.1, confidence: 0.5) },
        relationships: relations.map { .init(source: $0.0, target: $0.2, type: $0.1, confidence: 0.5) })
    }
    let comparison = OutcomeComparison(
      offline: outcome(
        [("Ann", "person"), ("Ann", "person"), ("Acme", "person"), ("Oslo", "location")], [("Ann", "at", "Acme")]),
      model: outcome([("ANN", "person"), ("Acme", "organization")], [("ann", "at", "acme"), ("Ann", "likes", "Acme")]))
    #expect(comparison.entities == OutcomeComparison.Counts(agreed: 1, onlyOffline: 2, onlyModel: 1))
    #expect(comparison.relationships == OutcomeComparison.Counts(agreed: 1, onlyOffline: 0, onlyModel: 1))
    #expect(OutcomeComparison(comparison.document) == comparison)
  }
}
