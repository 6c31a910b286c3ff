import Events
import JSON
import MemoryEvents
import Testing

@Suite("Generated types")
struct CodecTests {
  private let created = """
    {"memory_id":"mem_1","content":"Ada \\"Lovelace\\" – 😀","filters":{"topic":"history","n":[1,2.5,null]},\
    "user_id":"user_1","agent_id":"agent_1","version":3,"created_at":"2026-11-24T04:33:49.123456Z"}
    """

  @Test("what is written is what was read, in the schema's order")
  func roundTrip() throws {
    let memory = try MemoryCreated(parsing: Array(created.utf8))
    #expect(memory.memoryID == "mem_1")
    #expect(memory.content == "Ada \"Lovelace\" – 😀")
    #expect(memory.filters?["n"]?[1] == 2.5)
    #expect(memory.version == 3)
    #expect(memory.createdAt?.description == "2026-11-24T04:33:49.123456Z")
    #expect(text(memory) == created)
    #expect(try MemoryCreated(parsing: memory.jsonBytes()) == memory)
  }

  @Test("a value made in Swift is written without its missing fields and read back equal")
  func memberwise() throws {
    let memory = MemoryCreated(memoryID: "mem_1", content: "x", version: 1)
    #expect(text(memory) == #"{"memory_id":"mem_1","content":"x","version":1}"#)
    #expect(try MemoryCreated(parsing: memory.jsonBytes()) == memory)
    #expect(memory.aggregateID == "mem_1")
    #expect(MemoryCreated.eventType == "memory.created")
    #expect(MemoryCreated.schemaVersion == "1.0")
    #expect(try JSONValue(parsing: MemoryCreated.schema)["x-aggregate"] == "memory_id")
  }

  @Test("the order of fields, white space, escaped names and nulls do not matter")
  func leniency() throws {
    let memory = try MemoryCreated(
      parsing: Array(
        #" { "version" : 1 , "user_id" : null, "content":"x", "filters": null, "memory\u005fid" : "mem_1" } "#.utf8))
    #expect(memory == MemoryCreated(memoryID: "mem_1", content: "x", version: 1))
  }

  @Test("of a field that comes twice the last counts")
  func duplicates() throws {
    let memory = try MemoryCreated(
      parsing: Array(#"{"memory_id":"a","content":"x","version":1,"memory_id":"b"}"#.utf8))
    #expect(memory.memoryID == "b")
  }

  @Test("unknown fields survive a read and a write byte for byte, in nested objects too")
  func unknownFields() throws {
    let source = """
      {"memory_id":"mem_1","memory_version":1,"extractor":"rules/1","entities":[\
      {"name":"Ada","type":"person","confidence":0.5,"wikidata":{"id" : "Q7259","rank":1e400}},\
      {"name":"London","type":"location","confidence":1.0}],"relationships":[\
      {"source":"Ada","target":"London","type":"visited","confidence":0.25,"negated":false}],\
      "model":{"n\\u0061me":"x"},"é":[1,  2]}
      """
    var extracted = try MemoryEntityExtracted(parsing: Array(source.utf8))
    #expect(extracted.unknownFields["model"]?["name"] == "x")
    #expect(extracted.entities[0].unknownFields["wikidata"]?["id"] == "Q7259")
    #expect(extracted.entities[1].unknownFields.isEmpty)
    #expect(extracted.relationships[0].unknownFields["negated"] == false)
    #expect(text(extracted) == source)
    extracted.memoryVersion = 2
    #expect(text(extracted) == source.replacing("\"memory_version\":1", with: "\"memory_version\":2"))
  }

  @Test(
    "each required field is asked for by name",
    arguments: ["memory_id", "memory_version", "extractor", "entities", "relationships"]
  )
  func missingField(name: String) throws {
    var fields: JSONObject = [
      "memory_id": "mem_1", "memory_version": 1, "extractor": "rules/1", "entities": [], "relationships": [],
    ]
    _ = try MemoryEntityExtracted(parsing: JSONValue.object(fields).serialized())
    fields.removeValue(forKey: name)
    let error = try #require(throws: JSONError.self) {
      try MemoryEntityExtracted(parsing: JSONValue.object(fields).serialized())
    }
    #expect(error.kind == .missingField)
    #expect(error.path == name)
  }

  @Test("a field that a nested object lacks is named with its path")
  func missingNestedField() throws {
    let source = """
      {"memory_id":"mem_1","memory_version":1,"extractor":"rules/1","relationships":[],"entities":[\
      {"name":"Ada","type":"person","confidence":1},{"name":"London","confidence":1}]}
      """
    let error = try #require(throws: JSONError.self) { try MemoryEntityExtracted(parsing: Array(source.utf8)) }
    #expect(error.kind == .missingField)
    #expect(error.path == "entities[1].type")
  }

  @Test(
    "a value of the wrong type is named with its path",
    arguments: [
      (#"{"memory_id":1}"#, "memory_id"),
      (#"{"memory_id":null}"#, "memory_id"),
      (#"{"memory_version":"1"}"#, "memory_version"),
      (#"{"memory_version":1.5}"#, "memory_version"),
      (#"{"entities":{}}"#, "entities"),
      (#"{"entities":[1]}"#, "entities[0]"),
      (#"{"entities":[{"name":[]}]}"#, "entities[0].name"),
      (#"{"relationships":[{"confidence":1},{"confidence":"high"}]}"#, "relationships[0].source"),
      (#"{"relationships":[{"valid_from":"yesterday"}]}"#, "relationships[0].valid_from"),
    ])
  func wrongType(source: String, path: String) throws {
    let error = try #require(throws: JSONError.self) { try MemoryEntityExtracted(parsing: Array(source.utf8)) }
    #expect(error.path == path)
  }

  @Test("a payload that is no object, and a free object that is none, are refused")
  func noObject() throws {
    #expect(try #require(throws: JSONError.self) { try MemoryDeleted(parsing: Array("[]".utf8)) }.kind == .typeMismatch)
    let error = try #require(throws: JSONError.self) {
      try MemoryCreated(parsing: Array(#"{"filters":[1]}"#.utf8))
    }
    #expect(error.kind == .typeMismatch)
    #expect(error.path == "filters")
    #expect(error.offset == 11)
  }

  @Test("an envelope hands out its payload as the generated type")
  func envelope() throws {
    let event = try Event(
      parsing: Array(
        """
        {"event_id":"evt_1","event_type":"memory.created","timestamp":"2025-03-17T08:45:23Z",\
        "source_service":"memory","payload":\(created),"metadata":{"version":"1.0"}}
        """.utf8))
    #expect(try event.decode(MemoryCreated.self).content.hasPrefix("Ada"))
  }

  private func text(_ value: some JSONCodable) -> String { String(decoding: value.jsonBytes(), as: UTF8.self) }
}
