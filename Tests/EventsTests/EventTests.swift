import Events
import JSON
import Testing

struct EventTests {
  static let complete = """
    {"event_id":"0193a1b2-0000-7000-8000-000000000001","event_type":"memory.noted",\
    "timestamp":"2025-03-17T08:45:23.000012Z","source_service":"memory-service",\
    "payload":{"memory_id":"mem_1","version":2,"noted_at":"2025-03-17T08:45:23.500000Z","later": [1.50, "\\ud800"]},\
    "metadata":{"user_id":"u","agent_id":"a","correlation_id":"c","version":"1.0","causation_id":"e",\
    "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","tenant":{"id" : 1}},\
    "shard":3,"tags":["x"]}
    """

  @Test("an event with every field, and some that nobody knows, comes through unchanged")
  func roundTrip() throws {
    let event = try Event(parsing: Array(Self.complete.utf8))
    #expect(event.id == "0193a1b2-0000-7000-8000-000000000001")
    #expect(event.type == "memory.noted")
    #expect(event.timestamp.description == "2025-03-17T08:45:23.000012Z")
    #expect(event.sourceService == "memory-service")
    #expect(event.metadata.userID == "u")
    #expect(event.metadata.agentID == "a")
    #expect(event.metadata.correlationID == "c")
    #expect(event.metadata.version == "1.0")
    #expect(event.metadata.causationID == "e")
    #expect(event.metadata.traceparent == "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    #expect(event.metadata.unknownFields["tenant"] == ["id": 1])
    #expect(event.unknownFields.keys == ["shard", "tags"])
    let again = try Event(parsing: event.encoded())
    #expect(again == event)
    #expect(
      String(decoding: event.encoded(), as: UTF8.self) == Self.complete)
  }

  @Test("a typed payload keeps what its type does not name")
  func typedPayload() throws {
    let event = try Event(parsing: Array(Self.complete.utf8))
    let payload = try event.decode(MemoryNoted.self)
    #expect(payload.memoryID == "mem_1")
    #expect(payload.version == 2)
    #expect(payload.notedAt?.description == "2025-03-17T08:45:23.500000Z")
    #expect(String(decoding: payload.jsonBytes(), as: UTF8.self).hasSuffix(#","later":[1.50, "\ud800"]}"#))
    let typed = TypedEvent(event: event, payload: payload)
    #expect(typed.id == event.id)
    #expect(typed.metadata == event.metadata)
  }

  @Test("an event made of a payload carries its type and its schema's version")
  func made() throws {
    let payload = MemoryNoted(memoryID: "mem_1", version: 1)
    let event = Event(payload, sourceService: "memory-service", metadata: EventMetadata(userID: "u", version: "0"))
    #expect(event.type == "memory.noted")
    #expect(event.metadata.version == "1.0")
    #expect(event.metadata.userID == "u")
    #expect(try Event(parsing: event.encoded()).decode(MemoryNoted.self) == payload)
  }

  @Test(
    "another program's event is read",
    arguments: [
      "", #","metadata":{}"#, #","metadata":null"#, #","metadata":{"user_id":null,"version":null}"#,
    ])
  func foreign(metadata: String) throws {
    let text = """
      { "event_id": "x", "event_type": "memory.created", "timestamp": "2025-03-17T09:45:23+01:00",
        "source_service": "other", "payload": {"a": [ ]} \(metadata)}
      """
    let event = try Event(parsing: Array(text.utf8))
    #expect(event.id == "x")
    #expect(event.timestamp.description == "2025-03-17T08:45:23.000000Z")
    #expect(event.payload == Array(#"{"a": [ ]}"#.utf8))
    #expect(event.metadata == EventMetadata())
  }

  @Test("the envelope without its payload is the envelope but for that")
  func withoutPayload() throws {
    let event = try Event(parsing: Array(Self.complete.utf8))
    var value = try JSONValue(parsing: event.encoded())
    value["payload"] = nil
    #expect(try JSONValue(parsing: event.encodedWithoutPayload()) == value)
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    var from: String
    var to: String
    var kind: EventError.Kind
    var message: String
    var testDescription: String { message }
  }

  @Test(
    "what is no event is refused, with its reason and its place",
    arguments: [
      Refusal(
        from: #""event_id":"e","#, to: "", kind: .missingField, message: "event_id: required field is missing (byte 0)"),
      Refusal(
        from: #""event_id":"e""#, to: #""event_id":"""#, kind: .invalidField,
        message: "event_id: an event id has 1 to 128 bytes, this one 0 (byte 12)"),
      Refusal(
        from: #""event_id":"e""#, to: #""event_id":"\#(String(repeating: "é", count: 65))""#, kind: .invalidField,
        message: "event_id: an event id has 1 to 128 bytes, this one 130 (byte 12)"),
      Refusal(
        from: "memory.noted", to: "memory", kind: .invalidField,
        message: "event_type: 'memory' must have 2 to 6 segments, has 1 (byte 29)"),
      Refusal(
        from: #""t.x""#, to: "7", kind: .invalidField,
        message: "source_service: expected a string, found a number (byte 96)"),
      Refusal(
        from: "08:45", to: "25:45", kind: .invalidField,
        message:
          "timestamp: '2025-03-17T25:45:23Z' is no RFC 3339 time such as 2026-11-24T04:33:49.123456Z (byte 56)"),
      Refusal(
        from: #"{"a":1}"#, to: "[]", kind: .invalidField,
        message: "payload: expected an object, found an array (byte 112)"),
      Refusal(
        from: #"{"a":1}"#, to: #"{"a":01}"#, kind: .malformedJSON,
        message: "payload: a number must not begin with a zero (byte 118)"),
      Refusal(
        from: #""metadata":{}"#, to: #""metadata":{"user_id":1}"#, kind: .invalidField,
        message: "metadata.user_id: expected a string, found a number (byte 142)"),
    ])
  func refused(refusal: Refusal) {
    let good =
      #"{"event_id":"e","event_type":"memory.noted","timestamp":"2025-03-17T08:45:23Z","source_service":"t.x","payload":{"a":1},"metadata":{}}"#
    let error = #expect(throws: EventError.self) {
      try Event(parsing: Array(good.replacing(refusal.from, with: refusal.to).utf8))
    }
    #expect(error?.kind == refusal.kind)
    #expect(error?.message == refusal.message)
  }
}
