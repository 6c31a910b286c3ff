import Messaging
import Testing

@testable import EventLog

/// Short ways to say what the tests do with a log.
enum Log {
  static func open(
    _ folder: TemporaryFolder, _ configure: (inout EventLogConfiguration) -> Void = { _ in }
  ) async throws -> EventLogTransport {
    var configuration = EventLogConfiguration()
    // No test waits for a tick: what a tick does is called by name.
    configuration.tickInterval = .seconds(3600)
    configure(&configuration)
    return try await EventLogTransport.open(path: folder.file("events.db"), configuration: configuration)
  }

  static func records(_ range: Range<Int>, topic: String = "memory", key: String? = nil) -> [EventRecord] {
    range.map { EventRecord(topic: topic, key: key ?? "k\($0)", value: Array("\($0)".utf8), eventID: "\($0)") }
  }

  @discardableResult
  static func append(_ records: [EventRecord], to log: EventLogTransport) async throws -> [RecordPosition] {
    try await log.append(records).map { outcome in
      switch outcome {
      case .appended(let position): position
      case .failed(let error): throw error
      }
    }
  }

  /// Reads until so many records came, completing revocations; nothing is acknowledged.
  static func read(_ count: Int, from subscription: any TransportSubscription) async throws -> [DeliveredRecord] {
    var all: [DeliveredRecord] = []
    while all.count < count {
      switch try await subscription.nextBatch(limit: 1000) {
      case .records(let records): all += records
      case .assigned: break
      case .revoked(let partitions, .orderly): await subscription.completeRevocation(partitions)
      case .revoked(_, .lost): break
      case .closed: return all
      }
    }
    return all
  }

  static func values(_ records: [DeliveredRecord]) -> [String] {
    records.map { String(decoding: $0.record.value, as: UTF8.self) }
  }

  static func lag(_ log: EventLogTransport, _ group: String) async throws -> Int64 {
    try await log.lag(of: group).values.reduce(0, +)
  }
}

extension EventLogTransport {
  /// From now on the bell is not heeded, as in a process that stands still, until `thaw`.
  func freeze() async {
    while true {
      let isFrozen = state.withLock { state in
        guard state.look == .none else { return false }
        state.look = .running
        return true
      }
      if isFrozen { return }
      await Task.yield()
    }
  }

  func thaw() async {
    state.withLock { $0.look = .none }
    await look()
  }
}
