import CRdKafka
import Messaging
import Synchronization

/// Follows topics without a group, by a librdkafka client of its own that is told where to begin.
///
/// Unchecked: one task reads at a time and touches what is not locked; `gate` keeps the client alive for it.
final class KafkaTail: TransportTail, @unchecked Sendable {
  /// How long a partition that says nothing may hold up the others.
  private static let patience = Duration.seconds(3)
  private static let readAhead = 256

  private let client: KafkaClient
  private let topics: TopicSelection
  private let cluster: ClusterView
  private let work = BlockingQueue("tail")
  private let gate = UseGate()
  private let signal = Signal()
  private let clock = SystemClock()
  private let isClosed = Atomic(false)
  private let needsLook = Atomic(false)
  private let closed = Latch()
  private let buffer: UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>
  private let onClose: @Sendable (KafkaTail) -> Void

  // Of the reading task.
  private var merge: TailMerge
  private var queues: [PartitionQueue] = []
  private var handles: [String: OpaquePointer] = [:]

  init(
    client: KafkaClient, topics: TopicSelection, names: TopicNames, from offsets: TailOffsets,
    onClose: @escaping @Sendable (KafkaTail) -> Void
  ) {
    self.client = client
    self.topics = topics
    self.onClose = onClose
    cluster = ClusterView(client: client, names: names)
    merge = TailMerge(from: offsets)
    buffer = .allocate(capacity: Self.readAhead)
  }

  deinit {
    buffer.deallocate()
  }

  /// Begins with these partitions, before anybody reads.
  func start(_ partitions: [TopicPartition]) async {
    await add(partitions)
  }

  /// Looks for topics and partitions that came to be, at the next read.
  func look() {
    needsLook.store(true, ordering: .releasing)
    signal.send()
  }

  func nextBatch(limit: Int, waiting: Bool) async throws(TransportError) -> TailBatch {
    var lastNews = clock.uptime()
    while !Task.isCancelled {
      guard !isClosed.load(ordering: .acquiring), gate.enter() else { return .closed }
      if needsLook.exchange(false, ordering: .acquiringAndReleasing) { await addNew() }
      let isPatient = clock.uptime() - lastNews < Self.patience
      let batch = takeBatch(limit: max(1, limit), withoutAll: !isPatient)
      let isAtEnd = merge.isAtEnd
      gate.leave()
      if !batch.isEmpty || isAtEnd && !waiting { return TailBatch(records: batch, isAtEnd: isAtEnd) }
      if isAtEnd { lastNews = clock.uptime() }
      if !isPatient, !waiting {
        throw TransportError(.unavailable, "Kafka: \(client.context.brokers.lastError ?? "the brokers do not answer")")
      }
      if isAtEnd || !isPatient {
        await signal.wait()
      } else {
        await signal.wait(until: lastNews + Self.patience, clock: clock)
      }
    }
    return .closed
  }

  private func takeBatch(limit: Int, withoutAll: Bool) -> [TailRecord] {
    var batch: [TailRecord] = []
    while batch.count < limit {
      fill()
      guard let record = merge.next(withoutAll: withoutAll) else { break }
      batch.append(record)
    }
    fill()
    return batch
  }

  /// Reads ahead in partitions of which nothing is at hand.
  private func fill() {
    for queue in queues where merge.isEmpty(queue.partition) && queue.takeBell() {
      let count = queue.read(into: buffer, onError: { code, text in client.context.brokers.noteError(text) }) {
        record in
        merge.take(record, of: queue.partition)
      }
      if count == buffer.count { queue.keepBell() }
    }
  }

  private func addNew() async {
    let found = await work.run { [cluster, topics] in cluster.partitions(of: topics, within: .seconds(5)) }
    let known = Set(queues.map(\.partition))
    if case .success(let partitions) = found { await add(partitions.filter { !known.contains($0) }) }
  }

  private func add(_ partitions: [TopicPartition]) async {
    for partition in partitions {
      let name = cluster.names.full(partition.topic)
      guard let topic = handles[partition.topic] ?? rd_kafka_topic_new(client.handle, name, nil) else { continue }
      handles[partition.topic] = topic
      guard let queue = PartitionQueue(client.handle, name: name, partition: partition, reader: signal) else {
        continue
      }
      queues.append(queue)
      merge.add(partition)
      let offset = merge.offsets[partition] ?? Int64(RD_KAFKA_OFFSET_BEGINNING)
      let start = Start(topic: topic)
      await work.run { _ = rd_kafka_consume_start(start.topic, partition.partition, offset) }
    }
  }

  /// A topic's handle on its way to the blocking thread. Unchecked: librdkafka lets any thread use one.
  private struct Start: @unchecked Sendable {
    let topic: OpaquePointer
  }

  func close() async {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return await closed.wait() }
    signal.send()
    await gate.close()
    await work.run { [self] in
      for queue in queues {
        if let topic = handles[queue.partition.topic] { rd_kafka_consume_stop(topic, queue.partition.partition) }
        queue.free()
      }
      for topic in handles.values { rd_kafka_topic_destroy(topic) }
      client.destroy()
    }
    onClose(self)
    closed.open()
  }
}
