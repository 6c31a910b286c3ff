import CRdKafka
import Messaging

extension KafkaSubscription {
  /// Takes in that partitions come or go. By the reading task alone.
  func rebalance(_ event: Event) async {
    switch rd_kafka_event_error(event.handle) {
    case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS: await assign(event)
    case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
      if rd_kafka_assignment_lost(client.handle) != 0 {
        await unassign(lost: true)
      } else if let revocation = state.withLock({ $0.recall() }) {
        setDeadline(of: revocation)
      } else {
        await unassign()
      }
    default: await unassign(lost: true)
    }
  }

  private func assign(_ event: Event) async {
    guard let partitions = rd_kafka_event_topic_partition_list(event.handle) else { return }
    let list = PartitionList(copying: partitions)
    await fetchCommitted(into: list)
    var queues: [PartitionQueue] = []
    PartitionList.forEach(list.handle) { name, number, _, _ in
      guard let topic = names.topic(of: name) ?? namedTopic(name) else { return }
      let partition = TopicPartition(topic: topic, partition: number)
      if let queue = PartitionQueue(client.handle, name: name, partition: partition, reader: signal) {
        queues.append(queue)
      }
    }
    let before = state.withLock { $0.grant(queues) }
    for queue in before { queue.free() }
    await work.run { [client] in _ = rd_kafka_assign(client.handle, list.handle) }
  }

  /// Asks where each partition goes on, until there is an answer. librdkafka itself asks once: when that fails, as it may
  /// while the group's coordinator moves, it leaves the partition unread for as long as it is assigned.
  private func fetchCommitted(into list: PartitionList) async {
    while !Task.isCancelled, !state.withLock({ $0.isClosed }) {
      let isSettled = await work.run { [client] in list.fetchCommitted(by: client, within: .seconds(2)) }
      if isSettled { return }
      // librdkafka does not tell when there is a coordinator.
      try? await Task.sleep(for: .milliseconds(100))
    }
  }

  /// Topics that were asked for by name need not be spelt as domains are.
  private func namedTopic(_ name: String) -> String? {
    guard case .named(let topics) = topics else { return nil }
    return topics.first { names.full($0) == name }
  }

  /// Tells librdkafka that the partitions are given up.
  func unassign(lost: Bool = false) async {
    let queues = state.withLock { $0.release(lost: lost) }
    await work.run { [client] in
      for queue in queues { queue.free() }
      _ = rd_kafka_assign(client.handle, nil)
    }
  }

  func completeRevocation(_ partitions: Set<TopicPartition>) async {
    guard gate.enter() else { return }
    defer { gate.leave() }
    guard state.withLock({ $0.giveUp(partitions) }) else { return }
    await commitBeforeRevocation()
    guard state.withLock({ $0.giveUp(partitions) }) else { return }
    await unassign()
  }

  /// Takes the partitions away when they are not given up in time. Only what was acknowledged by then counts.
  private func setDeadline(of revocation: Int) {
    Task { [weak self, limit = configuration.revocationTimeout] in
      try? await Task.sleep(for: limit)
      await self?.endRevocation(revocation)
    }
  }

  private func endRevocation(_ revocation: Int) async {
    guard gate.enter() else { return }
    defer { gate.leave() }
    let isDue = { self.state.withLock { $0.isRecalled && $0.revocations == revocation } }
    guard isDue() else { return }
    _ = await commitNow()
    guard isDue() else { return }
    await unassign(lost: true)
    wake()
  }
}
