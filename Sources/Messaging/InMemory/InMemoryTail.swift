/// Follows an in-memory log by its offsets; a cursor is the offset of the record that it stands behind.
final class InMemoryTail: TransportTail {
  private let id: Int
  private let log: InMemoryLog

  init(id: Int, log: InMemoryLog) {
    self.id = id
    self.log = log
  }

  func nextBatch(limit: Int, waiting: Bool) async throws(TransportError) -> TailBatch {
    while !Task.isCancelled {
      let batch = log.update { $0.nextBatch(ofTail: id, limit: limit) }
      if !batch.records.isEmpty || batch.isClosed || !waiting { return batch }
      await log.wait(for: id)
    }
    return .closed
  }

  func close() async {
    log.update { $0.closeTail(id) }
  }
}
