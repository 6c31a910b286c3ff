import Messaging
import Storage

extension EventLogTransport {
  public func tail(
    from cursor: TailCursor?, topics: TopicSelection
  ) async throws(TransportError) -> any TransportTail {
    try checkOpen()
    let next: Int64
    do {
      next = try await log.database.read { [log] tx in
        try log.topics.refresh(in: tx)
        return try Self.offset(behind: cursor, in: tx)
      }
    } catch {
      throw TransportError(error)
    }
    let tail = EventLogTail(from: next, topics: topics, log: log) { [weak self] tail in
      self?.state.withLock { _ = $0.tails.removeValue(forKey: ObjectIdentifier(tail)) }
    }
    let isOpen = state.withLock { state in
      if !state.isClosed { state.tails[ObjectIdentifier(tail)] = tail }
      return !state.isClosed
    }
    guard isOpen else { throw TransportError(.closed, "the event log is closed") }
    return tail
  }

  private static func offset(behind cursor: TailCursor?, in tx: Transaction) throws -> Int64 {
    if cursor == .beginning { return 0 }
    let bounds = try tx.first("SELECT (SELECT min(offset) FROM events), (SELECT max(offset) FROM events)") {
      (oldest: try $0.optionalInt64(0) ?? 1, newest: try $0.optionalInt64(1) ?? 0)
    }
    guard let bounds else { return 0 }
    guard let cursor else { return bounds.newest + 1 }
    guard let offset = Int64(cursor.rawValue), offset >= 0, offset <= bounds.newest else {
      throw TransportError(.invalidCursor, "not a cursor of this log: \(cursor.rawValue.debugDescription)")
    }
    guard offset + 1 >= bounds.oldest else {
      throw TransportError(.invalidCursor, "the records behind \(offset) have been removed from the log")
    }
    return offset + 1
  }
}
