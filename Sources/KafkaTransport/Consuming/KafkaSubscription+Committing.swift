import CRdKafka
import Messaging

extension KafkaSubscription {
  /// How long after a commit that failed the next one comes.
  private static let retryInterval = Duration.seconds(1)

  /// Has acknowledgements committed a little later and many at a time: losing the last ones costs a redelivery.
  func commit(after delay: Duration) {
    Task { [weak self] in
      // Cancellation only makes it sooner.
      try? await Task.sleep(for: delay)
      guard let self, self.gate.enter() else { return }
      defer { self.gate.leave() }
      _ = await self.commitNow()
    }
  }

  /// Returns when what was acknowledged before is committed, or cannot be. Commits follow one another.
  ///
  /// - Returns: Whether it is committed.
  func commitNow() async -> Bool {
    let task = commits.withLock { last in
      let before = last
      let task = Task {
        let isFine = await before?.value ?? true
        return await self.commitOnce() && isFine
      }
      last = task
      return task
    }
    let result = await task.value
    commits.withLock { if $0 == task { $0 = nil } }
    return result
  }

  private func commitOnce() async -> Bool {
    let offsets = state.withLock { $0.takeOffsets() }
    guard !offsets.isEmpty else { return true }
    let list = PartitionList()
    for (partition, offset) in offsets { list.append(names.full(partition.topic), partition.partition, offset: offset) }
    let reply = await client.context.replies.ask(within: Self.commitTimeout) { [client] opaque in
      KafkaErrorCode(rd_kafka_commit_queue(client.handle, list.handle, client.backgroundQueue, nil, opaque))
    }
    if case .commit(let code) = reply, code == .none || code == .noOffset { return true }
    let mayRetry = state.withLock { $0.restore(offsets) && !$0.isClosed }
    if mayRetry { commit(after: Self.retryInterval) }
    return false
  }
}
