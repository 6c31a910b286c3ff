import Testing

@testable import EventGenerator

@Suite("Names")
struct SwiftNameTests {
  @Test(
    "an event type becomes a type's name",
    arguments: [
      ("memory.created", "MemoryCreated"),
      ("memory.entity.extracted", "MemoryEntityExtracted"),
      ("circuit_breaker.state.changed", "CircuitBreakerStateChanged"),
      ("agent.capability.execution.started", "AgentCapabilityExecutionStarted"),
      ("http.request_id.changed", "HTTPRequestIDChanged"),
      ("billing.v2.paid", "BillingV2Paid"),
    ])
  func typeName(name: String, expected: String) {
    #expect(SwiftName.type(name) == expected)
  }

  @Test(
    "a field becomes a property's name",
    arguments: [
      ("memory_id", "memoryID"), ("id", "id"), ("filters", "filters"), ("duration_ms", "durationMs"),
      ("memory_created_at", "memoryCreatedAt"), ("url", "url"), ("callback_url", "callbackURL"),
      ("event_ids", "eventIDs"), ("HALF_OPEN", "halfOpen"), ("camelCase", "camelCase"), ("a-b", "aB"), ("x2", "x2"),
      ("in", "in"),
    ])
  func memberName(name: String, expected: String) {
    #expect(SwiftName.member(name) == expected)
  }

  @Test("keywords get backticks, other names none")
  func keywords() {
    #expect(SwiftName.escaped("in") == "`in`")
    #expect(SwiftName.escaped("default") == "`default`")
    #expect(SwiftName.escaped("type") == "type")
    #expect(!SwiftName.isTypeName("Type"))
    #expect(!SwiftName.isTypeName("lower"))
    #expect(!SwiftName.isTypeName("2Fast"))
    #expect(SwiftName.isTypeName("Entity"))
  }
}
