import HTTPServer
import JSON
import Testing

@Suite("Schemas")
struct SchemaTests {
  private static let components: [String: Schema] = [
    "Node": .object(["next": .ref("Node"), "value": .integer(minimum: 0, maximum: 9)]), "Loop": .ref("Loop"),
  ]

  @Test(
    "what does not match is told with its place and its keyword",
    arguments: [
      (.string(minLength: 1), #""""#, ["minLength"]), (.string(maxLength: 2), #""👍👍""#, []),
      (.string(maxLength: 1), #""👍👍""#, ["maxLength"]), (.string(enum: ["a", "b"]), #""c""#, ["enum"]),
      (.string(), "7", ["type"]), (.integer(), "3.0", []), (.integer(), "3.5", ["type"]),
      (.integer(minimum: 1), "0", ["minimum"]), (.integer(maximum: 1), "2", ["maximum"]),
      (.number(minimum: 0, maximum: 1), "1.5", ["maximum"]), (.boolean, "null", ["type"]),
      (.nullable(.boolean), "null", []), (.array(of: .integer()), #"[1,"a",2,"b"]"#, ["/1 type", "/3 type"]),
      (.array(of: .any, minItems: 1, maxItems: 2), "[]", ["minItems"]),
      (.array(of: .any, minItems: 1, maxItems: 2), "[1,2,3]", ["maxItems"]),
      (.object(["a": .string()], required: ["a"]), "{}", ["/a required"]),
      (.object(["a": .string()]), #"{"b":1}"#, ["/b additionalProperties"]),
      (.object(["a": .string()], additional: .allowed), #"{"b":1}"#, []),
      (.object(additional: .of(.integer())), #"{"a/b~":"x"}"#, ["/a~1b~0 type"]),
      (.anyOf([.string(), .integer()]), "true", ["anyOf"]), (.anyOf([.string(), .integer()]), "1", []),
      (.ref("Node"), #"{"next":{"next":{"value":10}}}"#, ["/next/next/value maximum"]),
      (.ref("Loop"), "1", ["$ref"]), (.ref("Nobody"), "1", ["$ref"]),
      (.string(format: .dateTime), #""2024-02-29T23:59:60.5+14:00""#, []),
      (.string(format: .dateTime), #""2023-02-29T00:00:00Z""#, ["format"]),
      (.string(format: .dateTime), #""2024-01-01 00:00:00""#, ["format"]),
      (.string(format: .date), #""1900-02-29""#, ["format"]), (.string(format: .date), #""2000-02-29""#, []),
      (.string(format: .uuid), #""0190b6e2-0000-7000-8000-00000000000g""#, ["format"]),
    ] as [(Schema, String, [String])])
  func validation(schema: Schema, text: String, expected: [String]) throws {
    let found = schema.validate(try JSONValue(parsing: Array(text.utf8)), components: Self.components)
    #expect(found.map { $0.pointer.isEmpty ? $0.keyword : "\($0.pointer) \($0.keyword)" } == expected)
  }

  @Test("a value that is wrong everywhere is told of up to the limit")
  func limit() throws {
    let values = JSONValue.array(Array(repeating: "x", count: 1_000))
    #expect(Schema.array(of: .integer()).validate(values, limit: 20).count == 20)
  }

  @Test("the document says what requests are held to")
  func document() throws {
    var router = Router()
    router.define("Thing", .object(["name": .string(minLength: 1)], required: ["name"]))
    router.post(
      "/things/{id}",
      Operation(
        id: "make", summary: "Make one", tag: "things", parameters: [.query("dry", .boolean)],
        requestBody: .ref("Thing"), responses: [.created: .json(.ref("Thing"))], errors: [.conflict])
    ) { _ in .empty() }
    router.get(
      "/events", Operation(id: "events", summary: "", responses: [.ok: .events(.any)])
    ) { _ in .empty() }
    let document = router.openAPIDocument(title: "T", version: "1")
    #expect(document["openapi"] == "3.1.0")
    let operation = try #require(document["paths"]?["/things/{id}"]?["post"])
    #expect(operation["operationId"] == "make")
    #expect(operation["parameters"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["id", "dry"])
    #expect(operation["parameters"]?[0]?["required"] == true)
    let body = operation["requestBody"]?["content"]?["application/json"]?["schema"]
    #expect(body?["$ref"] == "#/components/schemas/Thing")
    #expect(
      operation["responses"]?.objectValue?.keys.sorted() == ["201", "400", "409", "413", "415", "422", "default"])
    #expect(document["components"]?["schemas"]?["Thing"]?["additionalProperties"] == false)
    let stream = document["paths"]?["/events"]?["get"]?["responses"]?["200"]?["content"]
    #expect(stream?["text/event-stream"] != nil)
  }
}
