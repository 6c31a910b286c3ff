import Messaging
import Storage
import Synchronization

/// Follows the log by its offsets; a cursor is the offset of the record that it stands behind.
final class EventLogTail: TransportTail {
  private struct State {
    var next: Int64
    var isClosed = false
  }

  let topics: TopicSelection
  let signal = WakeSignal()
  private let log: LogFile
  private let state: Mutex<State>
  private let onClose: @Sendable (EventLogTail) -> Void

  init(
    from next: Int64, topics: TopicSelection, log: LogFile, onClose: @escaping @Sendable (EventLogTail) -> Void
  ) {
    self.topics = topics
    self.log = log
    self.onClose = onClose
    state = Mutex(State(next: next))
  }

  func nextBatch(limit: Int, waiting: Bool) async throws(TransportError) -> TailBatch {
    while !Task.isCancelled {
      let generation = signal.generation
      let (next, isClosed) = state.withLock { ($0.next, $0.isClosed) }
      if isClosed { return .closed }
      let result = try await scan(from: next, limit: max(1, limit))
      state.withLock { $0.next = result.scannedTo }
      if !result.records.isEmpty || (result.isAtEnd && !waiting) {
        let records = result.records.map { found in
          TailRecord(delivered: found.record, cursor: TailCursor(rawValue: String(found.record.position.offset)))
        }
        return TailBatch(records: records, isAtEnd: result.isAtEnd)
      }
      if result.isAtEnd { await signal.wait(after: generation) }
    }
    return .closed
  }

  private func scan(from: Int64, limit: Int) async throws(TransportError) -> LogScan.Result {
    if let recent = log.recent.scan(from: from, limit: limit, wanted: { topics.contains($2) }) { return recent }
    do {
      return try await log.database.read { [log, topics] tx in
        // Other processes make topics too.
        func name(_ id: Int) throws -> String? {
          if let name = log.topics.name(of: id) { return name }
          try log.topics.refresh(in: tx)
          return log.topics.name(of: id)
        }
        return try LogScan.run(
          in: tx, from: from, limit: limit, partitions: log.partitions,
          wanted: { slot, _ in try name(slot / Int(log.partitions)).map(topics.contains) ?? false }, topicName: name)
      }
    } catch {
      throw TransportError(error)
    }
  }

  func close() async {
    end()
  }

  func end() {
    state.withLock { $0.isClosed = true }
    signal.signal()
    onClose(self)
  }
}
