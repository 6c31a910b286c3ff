import Events
import JSON
import Testing

@Suite("Every shape of a field")
struct SpecimenTests {
  private let least: JSONObject = ["in": "ab", "integer": 0, "any": nil, "reader": "r", "tree": ["name": "oak"]]

  private func read(_ field: String, _ value: JSONValue) throws -> SpecimenEveryShape {
    var fields = least
    fields[field] = value
    return try SpecimenEveryShape(parsing: JSONValue.object(fields).serialized())
  }

  @Test(
    "a value within its limits is read, and written as it was",
    arguments: [
      ("in", "abcd"), ("in", "😀😀😀😀"), ("in", "e\u{301}"), ("integer", -5), ("integer", 5), ("number", 0.5),
      ("number", 1.25), ("flag", true), ("flags", [true, false]), ("flags", []),
      ("moment", "2026-11-24T04:33:49.123456Z"), ("moments", ["2026-11-24T04:33:49.000000Z"]), ("any", ["a": [nil]]),
      ("object", [:]), ("objects", [["a": 1], [:]]), ("grid", [[0], [1, 2, 3]]), ("words", ["a", "b"]),
      ("state", "HALF_OPEN"), ("state", "MELTED"), ("states", ["on", "dim"]),
      ("inline_object", ["url": "u", "deeper": ["value": 0.5], "more": [1]]), ("writer", "w"), ("key", "k"),
      ("value", 0), ("place", [9, -9]), ("start", 7),
      ("tree", ["name": "oak", "branches": [["name": "a", "branches": [["name": "b"]]]]]),
      ("forest", [["name": "elm"]]), ("short", "abc"),
    ] as [(String, JSONValue)])
  func accepted(field: String, value: JSONValue) throws {
    let specimen = try read(field, value)
    #expect(try JSONValue(parsing: specimen.jsonBytes())[field] == value)
    #expect(try SpecimenEveryShape(parsing: specimen.jsonBytes()) == specimen)
  }

  @Test(
    "a value beyond its limits is refused with its path and the keyword",
    arguments: [
      ("in", "a", "in", "minLength"), ("in", "abcde", "in", "maxLength"),
      ("in", "e\u{301}e\u{301}e", "in", "maxLength"),
      ("integer", -6, "integer", "minimum"), ("integer", 6, "integer", "maximum"),
      ("number", 0.25, "number", "minimum"),
      ("number", 2.5, "number", "maximum"), ("objects", [], "objects", "minItems"),
      ("moments", ["2026-11-24T04:33:49Z", "2026-11-24T04:33:49Z", "2026-11-24T04:33:49Z"], "moments", "maxItems"),
      ("grid", [[0], []], "grid[1]", "minItems"), ("grid", [[0, 0, 0, 0]], "grid[0]", "maxItems"),
      ("grid", [[0], [0, -1]], "grid[1][1]", "minimum"), ("words", ["a", ""], "words[1]", "minLength"),
      ("writer", "", "writer", "minLength"), ("value", -1, "value", "minimum"),
      ("place", [1, 10], "place[1]", "maximum"),
      ("tree", ["name": "oak", "branches": [["name": "elms"]]], "tree.branches[0].name", "maxLength"),
      ("short", "long", "short", "maxLength"),
    ] as [(String, JSONValue, String, String)])
  func refused(field: String, value: JSONValue, path: String, keyword: String) throws {
    let error = try #require(throws: JSONError.self) { try read(field, value) }
    #expect(error.kind == .constraint(keyword: keyword))
    #expect(error.path == path)
    #expect(error.description.contains(path) && error.description.contains(keyword))
  }

  @Test(
    "a value of the wrong kind is refused with its path",
    arguments: [
      ("flag", 1, "flag"), ("flags", [true, "no"], "flags[1]"), ("moment", 5, "moment"),
      ("moments", ["soon"], "moments[0]"), ("object", "x", "object"), ("objects", [[:], 1], "objects[1]"),
      ("grid", [1], "grid[0]"), ("state", 1, "state"), ("states", [nil], "states[0]"),
      ("inline_object", [:], "inline_object.url"), ("forest", [["name": 1]], "forest[0].name"),
    ] as [(String, JSONValue, String)])
  func mismatched(field: String, value: JSONValue, path: String) throws {
    let error = try #require(throws: JSONError.self) { try read(field, value) }
    #expect(error.path == path)
  }

  @Test("a null stands for a missing field, but for one of any value it is the value")
  func nulls() throws {
    for field in ["number", "flag", "moments", "object", "objects", "state", "inline_object", "forest", "short"] {
      #expect(try read(field, nil) == read("any", nil))
    }
    #expect(try read("any", nil).any == .null)
  }

  @Test("an enumeration names its values and keeps those of a newer schema")
  func enumeration() throws {
    #expect(try read("state", "HALF_OPEN").state == .halfOpen)
    #expect(try read("state", "default").state == .default)
    let newer = try #require(try read("state", "MELTED").state)
    #expect(newer.rawValue == "MELTED")
    #expect(!SpecimenEveryShape.State.known.contains(newer))
    #expect(SpecimenEveryShape.State.known.map(\.rawValue) == ["OPEN", "HALF_OPEN", "default"])
    #expect(newer == "MELTED")
  }

  @Test("the schema's text is the file's, quotation marks and backslashes included")
  func schema() throws {
    let schema = try JSONValue(parsing: SpecimenEveryShape.schema)
    #expect(schema["description"]?.stringValue?.hasSuffix("Second paragraph with \"quotes\" and a \\ in it.") == true)
    #expect(schema["properties"]?["tree"]?["$ref"] == "#/$defs/Tree")
    #expect(SpecimenContract.events.map { $0.eventType.name } == ["specimen.every.shape", "specimen.plain"])
  }
}
