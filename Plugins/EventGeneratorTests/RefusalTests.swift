import EventGenerator
import JSON
import Testing

@Suite("What the generator refuses")
struct RefusalTests {
  /// A schema that is accepted, with the members of `changes` put in at the top and one property `field` as given.
  private func errors(field: String = #"{"type": "string"}"#, changes: JSONObject = [:]) -> GeneratorError? {
    do {
      var schema =
        try JSONValue(
          parsing: """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "test.made", "x-version": "1.0",
              "x-aggregate": "id", "type": "object", "required": ["id"],
              "properties": {"id": {"type": "string"}, "field": \(field)}
            }
            """
        ).objectValue ?? [:]
      for (key, value) in changes { schema[key] = value }
      _ = try EventGenerator.source(ofSchema: JSONValue.object(schema).serialized(), path: "schemas/test.made.json")
      return nil
    } catch {
      return error as? GeneratorError ?? GeneratorError(file: "", "\(error)")
    }
  }

  @Test("the schema that the refused ones are made from is accepted")
  func base() { #expect(errors() == nil) }

  @Test(
    "a field that Swift cannot express is refused with its place and the reason",
    arguments: [
      (#"{"type": "string", "pattern": "^a"}"#, "/pattern", "regular expressions are not enforced"),
      (#"{"type": "string", "format": "email"}"#, "/format", "no format \"email\""),
      (#"{"type": "string", "default": ""}"#, "/default", "a missing field stays missing"),
      (#"{"type": "string", "minLength": -1}"#, "/minLength", "must not be negative"),
      (#"{"type": "string", "minLength": 1.5}"#, "/minLength", "must be an integer"),
      (#"{"type": "string", "minLength": 3, "maxLength": 2}"#, "/maxLength", "is below minLength"),
      (#"{"type": "string", "minimum": 3}"#, "/minimum", "does not know the keyword \"minimum\" here"),
      (#"{"type": "integer", "exclusiveMinimum": 3}"#, "/exclusiveMinimum", "does not know the keyword"),
      (#"{"type": ["string", "null"]}"#, "/type", "must be one string"),
      (#"{"type": "null"}"#, "/type", "no type \"null\""),
      (#"{"anyOf": [{"type": "string"}]}"#, "/anyOf", "a payload has one shape"),
      (#"{"minLength": 1}"#, "/minLength", "does not know the keyword"),
      (#"{"type": "array"}"#, "", "an array says what its items are"),
      (#"{"type": "array", "items": {"type": "strin"}}"#, "/items/type", "no type \"strin\""),
      (#"{"type": "object", "required": ["x"]}"#, "/required", "there are no properties"),
      (
        #"{"type": "object", "properties": {"a/b~": {"type": "string", "pattern": "x"}}}"#,
        "/properties/a~1b~0/pattern", "regular expressions"
      ),
      (
        #"{"type": "object", "properties": {}, "additionalProperties": false}"#, "/additionalProperties",
        "fields that the schema does not name are always kept"
      ),
      (#"{"type": "object", "properties": {"a_b": {}, "a-b": {}}}"#, "/properties/a-b", "are both aB in Swift"),
      (#"{"type": "object", "properties": {"2": {}}}"#, "/properties/2", "cannot name a Swift property"),
      (#"{"type": "object", "properties": {"unknown_fields": {}}}"#, "/properties/unknown_fields", "use themselves"),
      (#"{"type": "object", "properties": {"self": {}}}"#, "/properties/self", "use themselves"),
      (#"{"type": "object", "required": ["x"], "properties": {}}"#, "/required/0", "no property \"x\""),
      (#"{"type": "string", "enum": []}"#, "/enum", "at least one value"),
      (#"{"type": "string", "enum": ["a b", "a-b"]}"#, "/enum/0", "cannot name a Swift constant"),
      (#"{"type": "string", "enum": ["a_b", "a-b"]}"#, "/enum/1", "another value is aB"),
      (#"{"type": "string", "enum": ["a", "a"]}"#, "/enum/1", "named twice"),
      (#"{"type": "string", "enum": [1]}"#, "/enum/0", "must be a string"),
      (#"{"type": "string", "description": 1}"#, "/description", "must be a string"),
      (#"{"$ref": "other.json"}"#, "/$ref", "not one of this file's"),
      (##"{"$ref": "#/$defs/Missing"}"##, "/$ref", "not one of this file's"),
      (##"{"$ref": "#/$defs/Missing", "minLength": 1}"##, "/minLength", "does not know the keyword"),
      ("true", "", "must be an object"),
    ] as [(String, String, String)])
  func field(schema: String, place: String, reason: String) throws {
    let error = try #require(errors(field: schema))
    #expect(error.file == "schemas/test.made.json")
    #expect(error.pointer == "/properties/field" + place)
    #expect(error.message.contains(reason), "\(error)")
  }

  @Test(
    "a payload that is no event's is refused",
    arguments: [
      ("$schema", JSONValue.string("http://json-schema.org/draft-07/schema#"), "/$schema", "must be"),
      ("$id", "made", "/$id", "is no event type"),
      ("$id", "test.Made", "/$id", "is no event type"),
      ("$id", "test.other", "/$id", "must be named test.other.json"),
      ("x-aggregate", "other", "/x-aggregate", "no property \"other\""),
      ("x-aggregate", "field", "/x-aggregate", "must be a required string"),
      ("x-version", "1.x", "/x-version", "is no version"),
      ("x-version", 1, "/x-version", "must be one string"),
      ("type", "array", "/type", "a payload is an object"),
      ("required", "id", "/required", "must be an array of strings"),
      ("if", [:], "/if", "a payload has one shape"),
      ("$defs", ["Unused": ["type": "string"]], "/$defs/Unused", "nothing refers to"),
    ] as [(String, JSONValue, String, String)])
  func payload(key: String, value: JSONValue, place: String, reason: String) throws {
    let error = try #require(errors(changes: [key: value]))
    #expect(error.pointer == place)
    #expect(error.message.contains(reason), "\(error)")
  }

  @Test(
    "a type that would hold itself is refused",
    arguments: [
      ##"{"A": {"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}}}"##,
      """
      {"A": {"type": "object", "properties": {"b": {"$ref": "#/$defs/B"}, "list": {"type": "array", "items": \
      {"$ref": "#/$defs/B"}}}}, "B": {"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}}}
      """,
      ##"{"A": {"type": "array", "items": {"$ref": "#/$defs/A"}}}"##,
    ])
  func endless(definitions: String) throws {
    let error = try #require(
      errors(field: ##"{"$ref": "#/$defs/A"}"##, changes: ["$defs": JSONValue(parsing: definitions)]))
    #expect(error.message.contains("itself"), "\(error)")
  }

  @Test("two types of one name are refused, wherever they are made")
  func sameName() throws {
    let error = try #require(
      errors(
        field: #"{"type": "object", "properties": {"kind": {"type": "string", "enum": ["a"]}}}"#,
        changes: [
          "properties": [
            "id": ["type": "string"], "kind": ["type": "string", "enum": ["a"]],
            "field": ["type": "object", "properties": ["kind": ["type": "string", "enum": ["b"]]]],
          ]
        ]))
    #expect(error.description.hasPrefix("schemas/test.made.json#/properties/field/properties/kind: "))
    #expect(error.message == "#/properties/kind makes a Swift type Kind too; name one of them under $defs")
  }

  @Test("a nested type does not hide one that the generated code names", arguments: ["string", "timestamp", "type"])
  func hidden(name: String) throws {
    let error = try #require(
      errors(changes: ["properties": ["id": ["type": "string"], name: ["type": "object", "properties": [:]]]]))
    #expect(error.message.contains("cannot name a Swift type here"))
  }

  @Test("a file that is no JSON is refused with the byte")
  func noJSON() {
    #expect {
      try EventGenerator.source(ofSchema: Array("{\"a\"".utf8), path: "schemas/test.made.json")
    } throws: { error in
      "\(error)".hasPrefix("schemas/test.made.json: is no JSON") && "\(error)".contains("byte 4")
    }
  }
}
