/// A member of a consumer group on an in-memory log. What it is and holds is in the log's state; this is its face.
final class InMemorySubscription: TransportSubscription {
  private let member: Int
  private let log: InMemoryLog

  init(member: Int, log: InMemoryLog) {
    self.member = member
    self.log = log
  }

  func nextBatch(limit: Int) async throws(TransportError) -> SubscriptionBatch {
    while !Task.isCancelled {
      if let batch = log.update({ $0.nextBatch(of: member, limit: limit) }) { return batch }
      await log.wait(for: member)
    }
    return .closed
  }

  func acknowledge(_ positions: [RecordPosition]) {
    log.update { $0.acknowledge(positions, by: member) }
  }

  func pause(_ partitions: Set<TopicPartition>) {
    log.update { $0.pause(partitions, of: member) }
  }

  func resume(_ partitions: Set<TopicPartition>) {
    log.update { $0.resume(partitions, of: member) }
  }

  func completeRevocation(_ partitions: Set<TopicPartition>) async {
    log.update { $0.completeRevocation(partitions, by: member) }
  }

  /// An acknowledgement is stored as it is given.
  func flush() async {}

  func close() async {
    log.update { $0.leave(member) }
  }
}
