import Messaging
import Synchronization

/// Opens transports on a fixture's log for one case and closes them after it.
final class Bench: Sendable {
  let fixture: any TransportFixture
  private let opened = Mutex<[any EventTransport]>([])

  init(fixture: any TransportFixture) {
    self.fixture = fixture
  }

  func open() async throws -> any EventTransport {
    let transport = try await fixture.open()
    opened.withLock { $0.append(transport) }
    return transport
  }

  func close() async {
    for transport in opened.withLock({ $0 }) { await transport.close() }
    await fixture.remove()
  }

  /// A record whose value says which one it is.
  static func record(_ index: Int, topic: String = "memory", key: String?) -> EventRecord {
    EventRecord(
      topic: topic, key: key, value: Array("\(key ?? "-")#\(index)".utf8), eventType: "\(topic).created",
      eventID: "\(topic)-\(key ?? "-")-\(index)")
  }

  /// Appends, and insists that every record was taken.
  @discardableResult
  static func append(_ records: [EventRecord], to transport: any EventTransport) async throws -> [RecordPosition] {
    let outcomes = await transport.append(records)
    try check(outcomes.count == records.count, "\(outcomes.count) outcomes for \(records.count) records")
    return try outcomes.map { outcome in
      switch outcome {
      case .appended(let position): position
      case .failed(let error): throw error
      }
    }
  }
}

extension DeliveredRecord {
  var text: String { String(decoding: record.value, as: UTF8.self) }
}
