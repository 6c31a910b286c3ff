import RuntimeHost
import Testing

@testable import CapabilityService

@Suite("The built-ins")
struct BuiltinTests {
  private let now = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)

  @Test("echo answers with its input", arguments: [JSONValue.null, 1, "a", ["k": [1, 2]]])
  func echo(input: JSONValue) throws {
    #expect(try Builtin.run("echo", input, at: now) == input)
  }

  @Test(
    "words are counted in any script, marks alone are none",
    arguments: [("", 0, 0), ("one", 1, 1), ("don't stop - now\n", 3, 2), ("Привет, мир!", 2, 1), ("— …", 0, 1)])
  func wordCount(text: String, words: Int, lines: Int) throws {
    let result = try Builtin.run("text.word_count", ["text": .string(text)], at: now)
    #expect(
      result == ["words": JSONValue(words), "lines": JSONValue(lines), "characters": JSONValue(text.count)])
  }

  @Test("the time is the clock's, moved as asked")
  func currentTime() throws {
    #expect(try Builtin.run("time.now", nil, at: now)["timestamp"] == "2026-01-01T00:00:00.000000Z")
    #expect(try Builtin.run("time.now", ["offset_seconds": -1], at: now)["unix_ms"] == 1_767_225_599_000)
    #expect(throws: ExecutionFailure.self) { try Builtin.run("time.now", ["offset_seconds": "x"], at: now) }
  }

  @Test(
    "a pointer picks what it names",
    arguments: [
      ("", #"{"a/b":[{"~":7}],"":1}"#), ("/a~1b/0/~0", "7"), ("/", "1"), ("/a~1b/1", "null"), ("/a~1b/00", "null"),
      ("/a~1b/-1", "null"), ("/x/y", "null"),
    ])
  func pick(pointer: String, expected: String) throws {
    let document = try JSONValue(parsing: #"{"a/b":[{"~":7}],"":1}"#)
    let result = try Builtin.run("json.pick", ["document": document, "pointer": .string(pointer)], at: now)
    #expect(result == (try JSONValue(parsing: expected)))
  }

  @Test("every built-in has an id and a sentence of its own")
  func table() {
    #expect(Set(Builtin.all.map(\.capabilityID)).count == Builtin.all.count)
    #expect(Builtin.all.allSatisfy { !$0.description.isEmpty })
  }
}
