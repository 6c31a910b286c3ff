import RoostTesting
import Synchronization

@testable import Messaging

/// A transport that keeps what arrives and does with the rest what a test says. Nothing can be read from it.
final class ScriptedTransport: EventTransport {
  typealias Script = @Sendable (EventRecord) -> TransportError?

  /// What arrived, in order.
  let arrived = Recorder<EventRecord>()
  private let watch: KeyWatch?
  private let script = Mutex<Script?>(nil)
  private let gate = Mutex<Gate?>(nil)

  init(watch: KeyWatch? = nil) {
    self.watch = watch
  }

  /// Says which records fail from now on, and how; `nil` lets all arrive.
  func fail(_ script: Script?) { self.script.withLock { $0 = script } }

  /// Holds every append at the gate before anything arrives.
  func hold(at gate: Gate?) { self.gate.withLock { $0 = gate } }

  func append(_ records: [EventRecord]) async -> [AppendOutcome] {
    watch?.begin(records)
    await gate.withLock { $0 }?.pass()
    // Room for another relay to do what it must not.
    await Task.yield()
    let script = script.withLock { $0 }
    var blocked: [String?: TransportError] = [:]
    var taken: [EventRecord] = []
    let outcomes = records.map { record -> AppendOutcome in
      if let error = blocked[record.key] ?? script?(record) {
        if !error.isPermanent { blocked[record.key] = error }
        return .failed(error)
      }
      taken.append(record)
      return .appended(RecordPosition(topic: record.topic, partition: 0, offset: Int64(taken.count)))
    }
    watch?.end(records, arrived: taken)
    arrived.append(contentsOf: taken)
    return outcomes
  }

  func subscribe(
    group: String, to topics: TopicSelection
  ) async throws(TransportError) -> any TransportSubscription { throw TransportError(.closed, "write only") }

  func tail(from cursor: TailCursor?, topics: TopicSelection) async throws(TransportError) -> any TransportTail {
    throw TransportError(.closed, "write only")
  }

  func lag(of group: String) async throws(TransportError) -> [TopicPartition: Int64] { [:] }

  func health() async -> TransportHealth { TransportHealth(status: .healthy, detail: "") }

  func close() async {}
}
