/// Follows the log without a group: nothing is acknowledged, nothing is shared. One task reads at a time.
public protocol TransportTail: Sendable {
  /// The next records, in the log's order: of a partition always by offset.
  ///
  /// - Parameters:
  ///   - limit: The largest number of records in the answer, at least 1.
  ///   - waiting: Whether to wait for the first record. Without it, an empty answer means that the end is reached.
  /// - Returns: The records and where to go on; `isClosed` when the tail, its transport or the task has ended.
  func nextBatch(limit: Int, waiting: Bool) async throws(TransportError) -> TailBatch

  /// Ends the wait in `nextBatch` and frees what is held. Closing twice is fine.
  func close() async
}

extension TransportTail {
  /// Waits for the next records.
  public func nextBatch(limit: Int) async throws(TransportError) -> TailBatch {
    try await nextBatch(limit: limit, waiting: true)
  }
}
