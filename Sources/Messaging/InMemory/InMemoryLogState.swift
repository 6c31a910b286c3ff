/// An in-memory log as a value: its records, groups and tails, without lock or effect.
///
/// Members, tails and appends that wait have ids of one series. What a change concerns is gathered for the owner, who
/// wakes it.
struct InMemoryLogState: Sendable {
  enum AppendStep: Sendable {
    case done([AppendOutcome])
    /// There is no room; the waiter is woken when there may be.
    case full
  }

  struct Effects: Sendable {
    /// Who may come to wait from now on, who may go on, and who never comes again.
    var begun: Set<Int> = []
    var woken: Set<Int> = []
    var ended: Set<Int> = []
    var recalls: [InMemoryGroup.Recall] = []
  }

  private struct Tail {
    let connection: Int
    let topics: TopicSelection
    var next: Int64
  }

  private let capacity: Int
  private var records: InMemoryRecords
  private var groups: [String: InMemoryGroup] = [:]
  private var groupNames: [Int: String] = [:]
  private var tails: [Int: Tail] = [:]
  private var connections: Set<Int> = []
  private var waitingForRoom: Set<Int> = []
  private var lastID = 0
  private var effects = Effects()

  init(partitions: Int32, capacity: Int) {
    records = InMemoryRecords(partitions: partitions)
    self.capacity = max(1, capacity)
  }

  /// An id for somebody who may come to wait.
  mutating func beginWaiter() -> Int {
    lastID += 1
    effects.begun.insert(lastID)
    return lastID
  }

  private mutating func endWaiter(_ id: Int) {
    effects.woken.insert(id)
    effects.ended.insert(id)
  }

  mutating func takeEffects() -> Effects {
    defer { effects = Effects() }
    return effects
  }

  // MARK: Connections

  mutating func connect() -> Int {
    lastID += 1
    connections.insert(lastID)
    return lastID
  }

  func isOpen(_ connection: Int) -> Bool { connections.contains(connection) }

  mutating func disconnect(_ connection: Int) {
    guard connections.remove(connection) != nil else { return }
    for group in groups.values {
      for member in group.members(of: connection) { leave(member) }
    }
    for (id, tail) in tails where tail.connection == connection { closeTail(id) }
    wakeAppends()
  }

  // MARK: Appending

  /// Whether appends wait.
  var isFull: Bool { !waitingForRoom.isEmpty }

  mutating func append(
    _ new: [EventRecord], refusals: [TransportError?], at microseconds: Int64, over connection: Int, waiter: Int
  ) -> AppendStep {
    guard isOpen(connection) else { return .done(new.map { _ in .failed(InMemoryLog.closed) }) }
    let taken = refusals.count { $0 == nil }
    guard makeRoom(for: taken) else {
      waitingForRoom.insert(waiter)
      return .full
    }
    var touched: Set<TopicPartition> = []
    let outcomes = zip(new, refusals).map { record, refusal -> AppendOutcome in
      if let refusal { return .failed(refusal) }
      addTopic(record.topic)
      let position = records.append(record, at: microseconds)
      touched.insert(position.topicPartition)
      return .appended(position)
    }
    for group in groups.values { effects.woken.formUnion(touched.compactMap(group.holder)) }
    if taken > 0 { effects.woken.formUnion(tails.keys) }
    return .done(outcomes)
  }

  mutating func endAppend(_ waiter: Int) {
    waitingForRoom.remove(waiter)
    endWaiter(waiter)
  }

  /// A batch larger than the whole log goes in once the log is empty.
  private mutating func makeRoom(for count: Int) -> Bool {
    let missing = records.count + count - capacity
    guard missing > 0 else { return true }
    let needed = groups.values.reduce(records.end) { min($0, $1.oldestNeeded(records)) }
    // More than is missing, so that a full log is not tidied for each append.
    let removed = min(needed - records.start, Int64(max(missing, capacity / 8)))
    records.removeRecords(before: records.start + removed)
    return records.count + count <= capacity || records.count == 0
  }

  private mutating func wakeAppends() {
    effects.woken.formUnion(waitingForRoom)
  }

  private mutating func addTopic(_ name: String) {
    guard records.addTopic(name) else { return }
    for group in groups.keys { change(group) { $0.wants(name) ? $0.rebalance($1) : .init() } }
  }

  // MARK: Groups

  /// - Returns: The member's id; `nil` when the connection is closed.
  mutating func join(group: String, topics: TopicSelection, over connection: Int) -> Int? {
    guard isOpen(connection) else { return nil }
    if case .named(let names) = topics {
      for name in names.sorted() { addTopic(name) }
    }
    let id = beginWaiter()
    groupNames[id] = group
    if groups[group] == nil { groups[group] = InMemoryGroup(name: group) }
    change(group) { $0.join(id, InMemoryMember(connection: connection, topics: topics), records: $1) }
    return id
  }

  mutating func leave(_ member: Int) {
    guard let group = groupNames.removeValue(forKey: member) else { return }
    endWaiter(member)
    change(group) { $0.leave(member, records: $1) }
  }

  mutating func nextBatch(of member: Int, limit: Int) -> SubscriptionBatch? {
    guard let group = groupNames[member] else { return .closed }
    return groups[group]?.nextBatch(of: member, limit: limit, records: records)
  }

  mutating func acknowledge(_ positions: [RecordPosition], by member: Int) {
    guard let group = groupNames[member] else { return }
    groups[group]?.acknowledge(positions, by: member)
    wakeAppends()
  }

  mutating func pause(_ partitions: Set<TopicPartition>, of member: Int) {
    guard let group = groupNames[member] else { return }
    groups[group]?.setPaused(true, partitions, of: member)
  }

  mutating func resume(_ partitions: Set<TopicPartition>, of member: Int) {
    guard let group = groupNames[member] else { return }
    groups[group]?.setPaused(false, partitions, of: member)
    effects.woken.insert(member)
  }

  mutating func completeRevocation(_ partitions: Set<TopicPartition>, by member: Int) {
    guard let group = groupNames[member] else { return }
    change(group) { $0.completeRevocation(partitions, by: member, records: $1) }
  }

  mutating func expire(_ recalls: [InMemoryGroup.Recall]) {
    for (group, recalls) in Dictionary(grouping: recalls, by: \.group) {
      change(group) { $0.expire(recalls, records: $1) }
    }
  }

  func lag(of group: String) -> [TopicPartition: Int64] {
    guard let group = groups[group] else { return [:] }
    return group.positions.reduce(into: [:]) { lag, position in
      lag[position.key] = Int64(records.count(of: position.key, from: position.value))
    }
  }

  private mutating func change(
    _ group: String, _ body: (inout InMemoryGroup, InMemoryRecords) -> InMemoryGroup.Changes
  ) {
    // Taken out, so that it is changed in place.
    guard var changed = groups.removeValue(forKey: group) else { return }
    let changes = body(&changed, records)
    groups[group] = changed
    effects.woken.formUnion(changes.concerned)
    effects.recalls += changes.recalls
  }

  // MARK: Tails

  mutating func openTail(
    from cursor: TailCursor?, topics: TopicSelection, over connection: Int
  ) -> Result<Int, TransportError> {
    guard isOpen(connection) else { return .failure(InMemoryLog.closed) }
    let next: Int64
    switch cursor {
    case nil: next = records.end
    case TailCursor.beginning: next = records.start
    case let cursor?:
      guard let offset = Int64(cursor.rawValue), offset >= 0, offset < records.end else {
        return .failure(.init(.invalidCursor, "not a cursor of this log: \(cursor.rawValue.debugDescription)"))
      }
      guard offset + 1 >= records.start else {
        return .failure(.init(.invalidCursor, "the records behind \(offset) have been removed from the log"))
      }
      next = offset + 1
    }
    let id = beginWaiter()
    tails[id] = Tail(connection: connection, topics: topics, next: next)
    return .success(id)
  }

  mutating func nextBatch(ofTail id: Int, limit: Int) -> TailBatch {
    guard let tail = tails[id] else { return .closed }
    var next = max(tail.next, records.start)
    var found: [TailRecord] = []
    while next < records.end, found.count < max(1, limit) {
      let record = records[next]
      if tail.topics.contains(record.position.topic) {
        found.append(TailRecord(delivered: record, cursor: TailCursor(rawValue: String(next))))
      }
      next += 1
    }
    tails[id]?.next = next
    return TailBatch(records: found, isAtEnd: next == records.end)
  }

  mutating func closeTail(_ id: Int) {
    tails[id] = nil
    endWaiter(id)
  }
}
