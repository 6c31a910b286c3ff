@testable import Messaging

/// A transport whose groups are joined only once a gate is open.
struct HeldJoin: EventTransport {
  let transport: InMemoryTransport
  let gate: Gate

  func subscribe(group: String, to topics: TopicSelection) async throws(TransportError) -> any TransportSubscription {
    await gate.pass()
    return try await transport.subscribe(group: group, to: topics)
  }

  func append(_ records: [EventRecord]) async -> [AppendOutcome] { await transport.append(records) }

  func tail(from cursor: TailCursor?, topics: TopicSelection) async throws(TransportError) -> any TransportTail {
    try await transport.tail(from: cursor, topics: topics)
  }

  func lag(of group: String) async throws(TransportError) -> [TopicPartition: Int64] {
    try await transport.lag(of: group)
  }

  func health() async -> TransportHealth { await transport.health() }

  func close() async { await transport.close() }
}
