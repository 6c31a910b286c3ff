import Events
import MemoryEvents

/// The event that all measurements speak of: 440 bytes of JSON.
enum SampleEvent {
  static let event = Event(
    MemoryCreated(
      memoryID: "mem_0193a1b2-7c4d-7e8f-9a0b-1c2d3e4f5a6b",
      content: "The user likes green tea in the morning.", userID: "user-4711", version: 1),
    id: "0193a1b2-7c4d-7000-8123-456789abcdef", timestamp: Timestamp(microsecondsSinceEpoch: 1_742_201_123_123_456),
    sourceService: "memory-service",
    metadata: EventMetadata(
      userID: "user-4711", agentID: "agent-0815", correlationID: "0193a1b2-7c4d-7001-8fed-cba987654321"))

  static let bytes = event.encoded()
}
