import Events
import JSON
import Testing

struct EventRegistryTests {
  /// Claims what ``MemoryNoted`` has.
  struct Impostor: EventPayload {
    static let eventType: EventType = "memory.noted"
    static let schemaVersion = "1.0"
    static let schema = "{}"
    var aggregateID: String { "" }
    init(from reader: inout JSONReader) throws(JSONError) { try reader.skipValue() }
    func write(to writer: inout JSONWriter) { writer.writeNull() }
  }

  /// The next version of ``MemoryNoted``.
  struct Successor: EventPayload {
    static let eventType: EventType = "memory.noted"
    static let schemaVersion = "2.0"
    static let schema = "{}"
    var aggregateID: String { "" }
    init(from reader: inout JSONReader) throws(JSONError) { try reader.skipValue() }
    func write(to writer: inout JSONWriter) { writer.writeNull() }
  }

  @Test("contracts are found by type and version")
  func lookUp() throws {
    var registry = EventRegistry()
    try registry.register(MemoryNoted.self)
    try registry.register(Successor.self)
    try registry.register(MemoryNoted.self)
    #expect(registry.contracts(for: "memory.noted").map(\.version) == ["1.0", "2.0"])
    #expect(registry.contract(for: "memory.noted", version: "1.0")?.schema == MemoryNoted.schema)
    #expect(registry.contract(for: "memory.noted", version: "3.0") == nil)
    #expect(registry.contracts(for: "memory.other").isEmpty)
    #expect(registry.contracts.count == 2)
  }

  @Test("a second contract for one type and version is refused")
  func conflict() throws {
    var registry = EventRegistry()
    try registry.register(MemoryNoted.self)
    let error = #expect(throws: EventRegistryError.self) { try registry.register(Impostor.self) }
    #expect(error?.type == "memory.noted")
    #expect(error?.refused.hasSuffix("Impostor") == true)
    #expect(registry.contracts.count == 1)
  }
}
