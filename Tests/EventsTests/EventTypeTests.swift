import Events
import Testing

struct EventTypeTests {
  @Test(
    "two to six segments of a-z, 0-9 and '_' are an event type",
    arguments: [
      "memory.created", "memory.entity.extracted", "a.b.c.d.e.f", "circuit_breaker.call_2.x", "0.1",
      String(repeating: "a", count: 127) + "." + String(repeating: "b", count: 127),
    ])
  func accepted(name: String) throws {
    let type = try EventType(validating: name)
    #expect(type.name == name)
    #expect(type.domain == name.split(separator: ".").first.map(String.init))
    #expect(type.segments == name.split(separator: ".").map(String.init))
  }

  @Test(
    "anything else is not",
    arguments: [
      "", ".", "memory", "memory.", ".created", "memory..created", "a.b.c.d.e.f.g", "Memory.created", "memory.créated",
      "memory.*", "memory created.x", "memory-service.x", "a.\(String(repeating: "b", count: 254))",
    ])
  func refused(name: String) {
    #expect(throws: EventTypeError.self) { try EventType(validating: name) }
  }

  @Test("types of one name are equal, hash alike, and sort by name, however many there are")
  func equality() throws {
    let names = (0..<10_000).map { "domain\($0 % 7).type\($0)" }
    let first = try names.map { try EventType(validating: $0) }
    let second = try names.map { try EventType(validating: Substring($0)) }
    #expect(first == second)
    #expect(Set(first + second).count == names.count)
    #expect(first.sorted().map(\.name) == names.sorted())
  }

  @Test("types may be made on many threads at once")
  func concurrency() async {
    let names = (0..<500).map { "concurrent.type\($0)" }
    let sets = await withTaskGroup(of: Set<EventType>.self) { group in
      for _ in 0..<8 { group.addTask { Set(names.compactMap { try? EventType(validating: $0) }) } }
      return await group.reduce(into: [Set<EventType>]()) { $0.append($1) }
    }
    #expect(sets.allSatisfy { $0 == sets[0] && $0.count == names.count })
  }
}
