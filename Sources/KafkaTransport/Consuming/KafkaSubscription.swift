import CRdKafka
import Messaging
import Synchronization

/// A member of a Kafka consumer group: a librdkafka consumer of its own.
///
/// No thread waits for records. librdkafka rings when a queue is filled, and `nextBatch` empties queues without
/// blocking. Only `nextBatch` counts as a sign of life: a member that asks for nothing for `max.poll.interval.ms` loses
/// its partitions to the others. Calls that may block run on a thread of the subscription's own.
///
/// Unchecked: the handles never change, `gate` keeps them alive for whoever uses them, and one task reads.
final class KafkaSubscription: TransportSubscription, @unchecked Sendable {
  /// How long a commit may take before it counts as failed.
  static let commitTimeout = Duration.seconds(5)

  let client: KafkaClient
  let group: String
  let topics: TopicSelection
  let names: TopicNames
  let work: BlockingQueue
  let gate = UseGate()
  let state = Mutex(SubscriptionState())
  let commits = Mutex<Task<KafkaErrorCode, Never>?>(nil)
  let configuration: KafkaConfiguration
  let signal = Signal()
  private let queue: OpaquePointer
  private let bell: QueueBell
  private let closed = Latch()
  private let readError = Mutex<TransportError?>(nil)
  private let buffer: UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>
  private let onClose: @Sendable (KafkaSubscription) -> Void

  init(
    client: KafkaClient, group: String, topics: TopicSelection, names: TopicNames, configuration: KafkaConfiguration,
    onClose: @escaping @Sendable (KafkaSubscription) -> Void
  ) {
    self.client = client
    self.group = group
    self.topics = topics
    self.names = names
    self.configuration = configuration
    self.onClose = onClose
    work = BlockingQueue("group.\(group)")
    rd_kafka_poll_set_consumer(client.handle)
    queue = rd_kafka_queue_get_consumer(client.handle)
    bell = QueueBell(reader: signal)
    buffer = .allocate(capacity: 1_024)
    rd_kafka_queue_cb_event_enable(queue, kafkaQueueFilled, Unmanaged.passUnretained(bell).toOpaque())
  }

  deinit {
    buffer.deallocate()
  }

  /// Asks to join the group, without waiting for that to happen.
  func join() async -> KafkaErrorCode {
    let list = PartitionList()
    switch topics {
    case .all: list.append(names.pattern, -1)
    case .named(let topics): for topic in topics { list.append(names.full(topic), -1) }
    }
    return await work.run { [client] in KafkaErrorCode(rd_kafka_subscribe(client.handle, list.handle)) }
  }

  // MARK: Reading

  func nextBatch(limit: Int) async throws(TransportError) -> SubscriptionBatch {
    while !Task.isCancelled {
      guard gate.enter() else { return .closed }
      await serveEvents()
      let batch = takeBatch(limit: max(1, limit))
      gate.leave()
      if let batch { return batch }
      if let error = readError.withLock({ error in
        defer { error = nil }
        return error
      }) {
        throw error
      }
      await signal.wait()
    }
    return .closed
  }

  /// Has the reader look again, which is a sign of life where somebody waits for records.
  func wake() {
    bell.keep()
    signal.send()
  }

  private func takeBatch(limit: Int) -> SubscriptionBatch? {
    let (notice, queues) = state.withLock { state in
      let notice = state.takeNotice()
      return (notice, notice == nil ? state.readable() : [])
    }
    if let notice { return notice }
    var records: [DeliveredRecord] = []
    for queue in queues where queue.takeBell() {
      let start = records.count
      let room = min(limit - start, buffer.count)
      if records.capacity == 0 { records.reserveCapacity(min(limit, buffer.count)) }
      let count = queue.read(
        into: UnsafeMutableBufferPointer(rebasing: buffer[..<room]),
        onError: { noteReadError($0, $1, of: queue.partition.topic) }
      ) { if let record = $0 { records.append(record) } }
      if count == room { queue.keepBell() }
      let isOurs = state.withLock { $0.deliver(records[start...], of: queue) }
      if !isOurs { records.removeSubrange(start...) }
      if records.count >= limit { break }
    }
    return records.isEmpty ? nil : .records(records)
  }

  /// Takes in why something cannot be read. What is refused is said once to the reader, and by `health()` while it lasts.
  private func noteReadError(_ code: KafkaErrorCode, _ text: String, of topic: String? = nil) {
    // A topic that is not there, or not yet, is waited for.
    guard KafkaErrorCode.unauthorised.contains(code) else { return }
    let place = topic.map { "group \(group), topic \(names.full($0))" } ?? "group \(group)"
    let reason = "Kafka: \(place): \(text)"
    state.withLock { $0.refuse(topic, reason) }
    readError.withLock { $0 = TransportError(.unavailable, reason) }
  }

  /// Takes in what librdkafka has to say beside records: rebalances and errors.
  private func serveEvents() async {
    guard bell.take() else { return }
    while let event = rd_kafka_queue_poll(queue, 0) {
      switch rd_kafka_event_type(event) {
      case RD_KAFKA_EVENT_REBALANCE: await rebalance(Event(event))
      case RD_KAFKA_EVENT_ERROR:
        client.context.take(event, of: client.handle)
        noteReadError(
          KafkaErrorCode(rd_kafka_event_error(event)), String(cString: rd_kafka_event_error_string(event)))
      default: client.context.take(event, of: client.handle)
      }
      rd_kafka_event_destroy(event)
    }
  }

  // MARK: Acknowledging

  func acknowledge(_ positions: [RecordPosition]) {
    guard state.withLock({ $0.acknowledge(positions) }) else { return }
    commit(after: configuration.commitInterval)
  }

  func pause(_ partitions: Set<TopicPartition>) {
    state.withLock { $0.pause(partitions, true) }
  }

  func resume(_ partitions: Set<TopicPartition>) {
    state.withLock { $0.pause(partitions, false) }
    signal.send()
  }

  func flush() async {
    guard gate.enter() else { return await closed.wait() }
    defer { gate.leave() }
    _ = await commitNow()
  }

  // MARK: Closing

  func close() async {
    guard state.withLock({ $0.close() }) else { return await closed.wait() }
    signal.send()
    _ = await commitNow()
    // A revocation that nobody completed: librdkafka waits for the answer.
    if state.withLock({ $0.isRecalled }) { await unassign() }
    await gate.close()
    let queues = state.withLock { $0.release(lost: false) }
    let freed = Latch()
    Task { [self] in
      await work.run { [self] in
        for queue in queues { queue.free() }
        rd_kafka_queue_cb_event_enable(queue, nil, nil)
        leave(within: configuration.closeTimeout)
        rd_kafka_queue_destroy(queue)
        client.destroy()
      }
      freed.open()
    }
    // The brokers may be away: leaving goes on without us then, and the group misses us when the session ends.
    let timer = Task {
      guard (try? await Task.sleep(for: configuration.closeTimeout)) != nil else { return }
      freed.open()
    }
    await freed.wait()
    timer.cancel()
    onClose(self)
    closed.open()
  }

  /// Leaves the group. Blocks. `rd_kafka_consumer_close` has no deadline, and waits for ever for the answer to a rebalance
  /// that begins while it closes; so the answers are given here: nothing is ours any more.
  private func leave(within limit: Duration) {
    guard let closing = rd_kafka_queue_new(client.handle) else { return }
    let deadline = ContinuousClock.now + limit
    func answer(_ event: OpaquePointer) {
      if rd_kafka_event_type(event) == RD_KAFKA_EVENT_REBALANCE { rd_kafka_assign(client.handle, nil) }
      rd_kafka_event_destroy(event)
    }
    while let event = rd_kafka_queue_poll(queue, 0) { answer(event) }
    if let error = rd_kafka_consumer_close_queue(client.handle, closing) { rd_kafka_error_destroy(error) }
    while rd_kafka_consumer_closed(client.handle) == 0, ContinuousClock.now < deadline {
      if let event = rd_kafka_queue_poll(closing, 100) { answer(event) }
    }
    rd_kafka_queue_destroy(closing)
  }
}

/// An event of librdkafka's that is handed on; it is freed by the one who polled it.
///
/// Unchecked: it is used by one task at a time.
struct Event: @unchecked Sendable {
  let handle: OpaquePointer

  init(_ handle: OpaquePointer) {
    self.handle = handle
  }
}
