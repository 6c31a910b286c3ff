import Foundation
import HTTPServer
import JSON
import Synchronization
import Testing

@testable import roost

@Suite("The import", .timeLimit(.minutes(5)))
struct ImportTests {
  private func record(_ text: String, line: Int = 1) throws -> ImportRecord {
    try ImportRecord(line: line, bytes: Array(text.utf8)[...])
  }

  /// A file for as long as the closure runs.
  private func withFile<Value>(_ text: String, _ body: (String) async throws -> Value) async throws -> Value {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("roost-import-\(UUID().uuidString).jsonl")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url.path)
  }

  @Test(
    "a line's text is its content, its text or its paragraphs",
    arguments: [
      (#"{"content":"a","text":"b"}"#, "a"), (#"{"text":"b"}"#, "b"),
      (#"{"paragraphs":["c","d"],"name":"n"}"#, "c\n\nd"),
    ])
  func content(line: String, content: String) throws {
    #expect(try record(line).content == content)
  }

  @Test("a line that is no memory says why", arguments: ["{", "[]", "{}", #"{"content":""}"#, #"{"text":5}"#])
  func badLines(line: String) {
    #expect(throws: CommandError.self) { try record(line) }
  }

  @Test("the key is the same for the same line and text, and another for any other")
  func keys() throws {
    let key = try record(#"{"text":"a"}"#).idempotencyKey
    #expect(try record(#"{"content":"a"}"#).idempotencyKey == key)
    #expect(key == "import-1-\(key.dropFirst(9))")
    #expect(key.count == 9 + 32)
    let others = [
      try record(#"{"text":"a"}"#, line: 2), try record(#"{"text":"b"}"#), try record(#"{"text":"a","user_id":"u"}"#),
      try record(#"{"text":"a","agent_id":"u"}"#), try record(#"{"text":"a","filters":{"x":1}}"#),
    ].map(\.idempotencyKey)
    #expect(Set(others + [key]).count == 6)
  }

  @Test(
    "the hash is FNV-1a",
    arguments: [("", "6c62272e07bb014262b821756295c58d"), ("a", "d228cb696f1a8caf78912b704e4a8964")])
  func hash(text: String, expected: String) {
    var hash = FNV128()
    hash.update(text.utf8)
    #expect(hash.hexadecimal == expected)
  }

  @Test("lines are read whole however they lie across the pieces of a file")
  func lines() async throws {
    let long = String(repeating: "x", count: 300_000)
    try await withFile("a\r\n\n\(long)\nlast") { path in
      var reader = try LineReader(path: path)
      var lines: [String] = []
      while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      #expect(lines == ["a", "", long, "last"])
      #expect(reader.number == 4)
      #expect(reader.consumed == reader.size)
    }
    try await withFile(long) { path in
      var reader = try LineReader(path: path, lineLimit: 1000)
      #expect(throws: CommandError.self) { _ = try reader.next() }
    }
  }

  @Test("a batch ends at 1,000 records or before the server's limit for a body, and no record is lost between two")
  func batches() async throws {
    let small = String(repeating: "{\"text\":\"a\"}\n", count: 2_500)
    let large = String(repeating: "{\"text\":\"\(String(repeating: "b", count: 200_000))\"}\n", count: 9)
    try await withFile(small + large) { path in
      var source = try ImportSource(path: path, userID: nil, agentID: nil)
      var tally = ImportTally()
      var counts: [Int] = []
      var lines: [Int] = []
      var ends: [Int] = []
      while let batch = try source.next(tally: &tally) {
        counts.append(batch.records.count)
        lines += batch.records.map(\.line)
        ends.append(batch.end)
        #expect(batch.body.serialized().count <= 1 << 20)
      }
      #expect(counts == [1000, 1000, 504, 4, 1])
      #expect(lines == Array(1...2_509))
      #expect(ends == ends.sorted())
      #expect(ends.last == source.size)
    }
  }

  /// A server that stores by idempotency key and refuses what has the word `bad`.
  private func router(_ keys: Shared<Set<String>>, failures: Int = 0) -> Router {
    var router = Router()
    let left = Shared<Int>(failures)
    router.post("/v1/memories/batch", Operation(id: "batch", summary: "", requestBody: .any)) { request in
      if left.value.withLock({
        $0 -= 1
        return $0 >= 0
      }) {
        throw Problem(.serviceUnavailable, detail: "busy")
      }
      let memories = try request.json()["memories"]?.arrayValue ?? []
      return .json([
        "items": .array(
          memories.map { memory in
            if memory["content"]?.stringValue?.contains("bad") == true {
              return ["status": 422, "problem": ["title": "Invalid", "detail": "it is bad"]]
            }
            let isNew = keys.value.withLock { $0.insert(memory["idempotency_key"]?.stringValue ?? "").inserted }
            return ["status": 201, "memory_id": "mem_1", "correlation_id": "corr_1", "replayed": .bool(!isNew)]
          })
      ])
    }
    return router
  }

  @Test("a repeated import stores nothing twice, and a line that cannot be stored is named")
  func repeated() async throws {
    let keys = Shared<Set<String>>([])
    let text = (1...1500).map { $0 == 7 ? "{\"text\":\"bad\"}" : $0 == 9 ? "{" : "{\"text\":\"\($0)\"}" }
    try await withFile(text.joined(separator: "\n")) { path in
      try await withServer(router(keys)) { url in
        let first = await CommandRun(["memory", "import", path, "--url=\(url)", "--json"])
        #expect(first.exitCode == .badInput)
        let summary = try JSONValue(parsing: first.output)
        #expect(summary["stored"] == 1498)
        #expect(summary["present"] == 0)
        #expect(
          summary["refusals"]?.arrayValue?.map { $0["line"] } == [9, 7]
            || summary["refusals"]?.arrayValue?.map { $0["line"] } == [7, 9])
        #expect(first.errors.contains("line 7: it is bad\n"))
        let second = try JSONValue(
          parsing: await CommandRun(["memory", "import", path, "--url=\(url)", "--json"]).output)
        #expect(second["stored"] == 0)
        #expect(second["present"] == 1498)
        #expect(keys.value.withLock { $0.count } == 1498)
      }
    }
  }

  @Test("a server that is busy gets the batch again")
  func busy() async throws {
    let keys = Shared<Set<String>>([])
    try await withFile("{\"text\":\"a\"}\n{\"text\":\"b\"}\n") { path in
      try await withServer(router(keys, failures: 2)) { url in
        let run = await CommandRun(["memory", "import", path, "--url=\(url)"])
        #expect(run.exitCode == .success)
        #expect(run.output.hasPrefix("stored 2 memories in "))
      }
    }
  }

  @Test("a full disk ends the import at once, and says so")
  func diskFull() async throws {
    var router = Router()
    let calls = Shared(0)
    router.post("/v1/memories/batch", Operation(id: "batch", summary: "", requestBody: .any)) { _ in
      calls.value.withLock { $0 += 1 }
      throw Problem(507, title: "The disk is full", detail: "The disk is full.", headers: ["Retry-After": "30"])
    }
    try await withFile("{\"text\":\"a\"}\n") { path in
      try await withServer(router) { url in
        let run = await CommandRun(["memory", "import", path, "--url=\(url)"])
        #expect(run.exitCode == .temporaryFailure)
        #expect(run.errors.contains("The disk is full."))
        #expect(calls.value.withLock { $0 } == 1)
      }
    }
  }

  @Test("a file that is not there is exit code 66")
  func missing() async {
    let run = await CommandRun(["memory", "import", "/nowhere/at-all.jsonl"])
    #expect(run.exitCode == .noInput)
    #expect(run.errors == "roost: cannot read /nowhere/at-all.jsonl: No such file or directory\n")
  }
}

/// A value under a lock that closures share.
private final class Shared<Value: Sendable>: Sendable {
  let value: Mutex<Value>
  init(_ value: Value) { self.value = Mutex(value) }
}
