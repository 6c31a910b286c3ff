/// A member of a group: what it holds, has read and has to be told.
struct InMemoryMember: Sendable {
  private struct Held {
    let name: TopicPartition
    /// The next offset to read.
    var next: Int64
    var tracker = OffsetTracker()
    var isPaused = false
    /// Asked back: nothing more is read, acknowledgements still count.
    var isRecalled = false
  }

  let connection: Int
  let topics: TopicSelection
  private var held: [Held] = []
  private var places: [TopicPartition: Int] = [:]
  /// Whose turn it is, so that a busy partition does not keep the others waiting.
  private var turn = 0
  private var notices: [SubscriptionBatch] = []

  init(connection: Int, topics: TopicSelection) {
    self.connection = connection
    self.topics = topics
  }

  var partitions: [TopicPartition] { held.map(\.name) }

  /// The next batch; `nil` when there is nothing to say.
  mutating func nextBatch(limit: Int, from records: InMemoryRecords) -> SubscriptionBatch? {
    if !notices.isEmpty { return notices.removeFirst() }
    let limit = max(1, limit)
    var batch: [DeliveredRecord] = []
    for step in held.indices {
      let place = (turn + step) % held.count
      guard !held[place].isPaused, !held[place].isRecalled else { continue }
      let found = records.records(of: held[place].name, from: held[place].next, limit: limit - batch.count)
      guard let last = found.last else { continue }
      held[place].next = last.position.offset + 1
      for record in found { held[place].tracker.deliver(record.position.offset) }
      batch += found
      guard batch.count < limit else {
        turn = place + 1
        break
      }
    }
    return batch.isEmpty ? nil : .records(batch)
  }

  /// - Returns: The offset to store when the acknowledged front moved.
  mutating func acknowledge(_ position: RecordPosition) -> Int64? {
    guard let place = places[position.topicPartition] else { return nil }
    return held[place].tracker.acknowledge(position.offset)
  }

  mutating func setPaused(_ isPaused: Bool, _ partitions: Set<TopicPartition>) {
    for place in partitions.compactMap({ places[$0] }) { held[place].isPaused = isPaused }
  }

  mutating func grant(_ partitions: [(name: TopicPartition, next: Int64)]) {
    held += partitions.map { Held(name: $0.name, next: $0.next) }
    notices.append(.assigned(Set(partitions.map(\.name))))
    indexPlaces()
  }

  mutating func recall(_ partitions: Set<TopicPartition>) {
    for place in partitions.compactMap({ places[$0] }) { held[place].isRecalled = true }
    notices.append(.revoked(partitions, .orderly))
  }

  func isRecalled(_ partition: TopicPartition) -> Bool {
    places[partition].map { held[$0].isRecalled } ?? false
  }

  mutating func remove(_ partitions: Set<TopicPartition>, lost: Bool) {
    held.removeAll { partitions.contains($0.name) }
    if lost { notices.append(.revoked(partitions, .lost)) }
    indexPlaces()
  }

  /// Says that it has joined even when there is nothing for it yet.
  mutating func announceEmptyShare() {
    if held.isEmpty, notices.isEmpty { notices.append(.assigned([])) }
  }

  private mutating func indexPlaces() {
    places = Dictionary(uniqueKeysWithValues: held.enumerated().map { ($1.name, $0) })
    turn = 0
  }
}
