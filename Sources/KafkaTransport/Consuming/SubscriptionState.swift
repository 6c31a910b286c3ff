import Messaging

/// What a subscription holds, has given out and owes, without any effect: its owner keeps it under a lock.
struct SubscriptionState {
  private struct Owned {
    let queue: PartitionQueue
    var tracker = OffsetTracker()
    /// The offset that was handed to the group's coordinator last.
    var committed: Int64?
    var isPaused = false
    /// Asked back: nothing more is read, acknowledgements still count.
    var isRecalled = false

    mutating func deliver(_ records: ArraySlice<DeliveredRecord>) {
      for index in records.indices { tracker.deliver(records[index].position.offset) }
    }

    /// Takes the positions of one partition that stand together.
    /// - Returns: Whether the front has moved.
    mutating func acknowledge(_ positions: ArraySlice<RecordPosition>) -> Bool {
      var hasMoved = false
      for index in positions.indices where tracker.acknowledge(positions[index].offset) != nil { hasMoved = true }
      return hasMoved
    }
  }

  private var owned: [TopicPartition: Owned] = [:]
  private var order: [TopicPartition] = []
  /// Whose turn it is, so that a busy partition does not keep the others waiting.
  private var turn = 0
  private var notices: [SubscriptionBatch]
  private(set) var isClosed = false
  /// Counts the revocations, so that the deadline of one does not end another.
  private(set) var revocations = 0
  /// An acknowledgement is to be committed, and nothing has been arranged for it.
  private var needsCommit = false
  /// Why the brokers refuse what is to be read, in one line each: by topic, and under `nil` what is refused to the group.
  private var refusals: [String?: String] = [:]

  init() {
    // A member that is given nothing for want of topics, or of members' shares, has joined all the same.
    notices = [.assigned([])]
  }

  /// The topics of the partitions that are held.
  var topics: Set<String> { Set(order.map(\.topic)) }

  mutating func takeNotice() -> SubscriptionBatch? {
    if isClosed { return .closed }
    return notices.isEmpty ? nil : notices.removeFirst()
  }

  /// The partitions to be read, beginning with the one whose turn it is.
  mutating func readable() -> [PartitionQueue] {
    guard !order.isEmpty else { return [] }
    turn = (turn + 1) % order.count
    return (0..<order.count).compactMap { step in
      guard let owned = owned[order[(turn + step) % order.count]], !owned.isPaused, !owned.isRecalled else {
        return nil
      }
      return owned.queue
    }
  }

  /// Notes records of one partition as given out.
  /// - Returns: False when the partition is not to be read any more: they were not given.
  mutating func deliver(_ records: ArraySlice<DeliveredRecord>, of queue: PartitionQueue) -> Bool {
    guard let current = owned[queue.partition], current.queue === queue, !current.isRecalled, !isClosed else {
      return false
    }
    owned[queue.partition]?.deliver(records)
    if !refusals.isEmpty, !records.isEmpty { refusals[queue.partition.topic] = nil }
    return true
  }

  /// - Returns: Whether a commit is to be arranged.
  mutating func acknowledge(_ positions: [RecordPosition]) -> Bool {
    var hasMoved = false
    var start = positions.startIndex
    // Records come and go by partition: each run of one is looked up once.
    while start < positions.endIndex {
      let partition = positions[start].topicPartition
      let end =
        positions[start...].firstIndex { $0.partition != partition.partition || $0.topic != partition.topic }
        ?? positions.endIndex
      if owned[partition]?.acknowledge(positions[start..<end]) == true { hasMoved = true }
      start = end
    }
    guard hasMoved, !needsCommit else { return false }
    needsCommit = true
    return true
  }

  mutating func pause(_ partitions: Set<TopicPartition>, _ isPaused: Bool) {
    for partition in partitions { owned[partition]?.isPaused = isPaused }
  }

  /// Offsets to commit; they count as committed unless they come back by `restore`.
  mutating func takeOffsets() -> [TopicPartition: Int64] {
    needsCommit = false
    var offsets: [TopicPartition: Int64] = [:]
    for (partition, state) in owned {
      guard let next = state.tracker.next, next > state.committed ?? -1 else { continue }
      offsets[partition] = next
      owned[partition]?.committed = next
    }
    return offsets
  }

  /// What was taken and could not be committed.
  /// - Returns: Whether something of it is still to be committed.
  mutating func restore(_ offsets: [TopicPartition: Int64]) -> Bool {
    var isStillOwned = false
    for (partition, offset) in offsets where owned[partition]?.committed == offset {
      owned[partition]?.committed = nil
      isStillOwned = true
    }
    return isStillOwned
  }

  // MARK: Refusals

  /// Notes that the brokers do not let it read; forgotten once they do.
  mutating func refuse(_ topic: String?, _ reason: String) { refusals[topic] = reason }

  /// Why something that it wants to read is refused; nil when nothing is.
  var refusal: String? { refusals.min { ($0.key ?? "") < ($1.key ?? "") }?.value }

  // MARK: Partitions that come and go

  /// - Returns: Queues of partitions that were held before, to be freed.
  mutating func grant(_ queues: [PartitionQueue]) -> [PartitionQueue] {
    let before = removeAll()
    if !queues.isEmpty { refusals = [:] }
    for queue in queues { owned[queue.partition] = Owned(queue: queue) }
    order = owned.keys.sorted()
    turn = 0
    notices.append(.assigned(Set(order)))
    return before
  }

  /// Asks everything back.
  /// - Returns: The number of this revocation; `nil` when nothing is held.
  mutating func recall() -> Int? {
    guard !owned.isEmpty else { return nil }
    for partition in order { owned[partition]?.isRecalled = true }
    notices.append(.revoked(Set(order), .orderly))
    revocations += 1
    return revocations
  }

  /// Whether these were all that is held back from the others.
  mutating func giveUp(_ partitions: Set<TopicPartition>) -> Bool {
    !owned.isEmpty && owned.allSatisfy { $0.value.isRecalled && partitions.contains($0.key) }
  }

  /// Whether a revocation is under way that has not been completed.
  var isRecalled: Bool { owned.contains { $0.value.isRecalled } }

  /// - Returns: Queues to be freed.
  mutating func release(lost: Bool) -> [PartitionQueue] {
    if lost, !owned.isEmpty {
      // Whoever was asked for them in order, and has not looked yet, need not be asked any more.
      notices.removeAll { if case .revoked = $0 { true } else { false } }
      notices.append(.revoked(Set(order), .lost))
    }
    return removeAll()
  }

  private mutating func removeAll() -> [PartitionQueue] {
    defer {
      owned = [:]
      order = []
      turn = 0
    }
    return owned.values.map(\.queue)
  }

  /// - Returns: Whether it was open.
  mutating func close() -> Bool {
    defer { isClosed = true }
    return !isClosed
  }
}
