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
  /// - Returns: Why something of it is not committed.
  func commitNow() async -> KafkaErrorCode {
    let task = commits.withLock { last in
      let before = last
      let task = Task {
        _ = await before?.value
        return await self.commitOnce()
      }
      last = task
      return task
    }
    let result = await task.value
    commits.withLock { if $0 == task { $0 = nil } }
    return result
  }

  /// The last commit before partitions are given up. A coordinator that is in the middle of a rebalance is asked again.
  func commitBeforeRevocation() async {
    for _ in 0..<20 {
      guard await commitNow() == .rebalancing else { return }
      try? await Task.sleep(for: .milliseconds(100))
    }
  }

  private func commitOnce() async -> KafkaErrorCode {
    let offsets = state.withLock { $0.takeOffsets() }
    guard !offsets.isEmpty else { return .none }
    let list = PartitionList()
    for (partition, offset) in offsets { list.append(names.full(partition.topic), partition.partition, offset: offset) }
    let limit = min(Self.commitTimeout, configuration.closeTimeout)
    let reply = await client.context.replies.ask(within: limit) { [client] opaque in
      KafkaErrorCode(rd_kafka_commit_queue(client.handle, list.handle, client.backgroundQueue, nil, opaque))
    }
    var code = KafkaErrorCode.timedOut
    switch reply {
    case .commit(.none), .commit(.noOffset): return .none
    case .commit(let answer), .failed(let answer, _): code = answer
    case .topics, .offsets, nil: break
    }
    let mayRetry = state.withLock { $0.restore(offsets) && !$0.isClosed }
    if mayRetry { commit(after: Self.retryInterval) }
    return code
  }
}
