/// A consumer group: its members, who holds which partition, and what has been acknowledged.
struct InMemoryGroup: Sendable {
  /// A partition that a member was asked to give up.
  struct Recall: Sendable, Hashable {
    let group: String
    let partition: TopicPartition
    /// The lease that was recalled; a later one is not meant.
    let lease: Int
  }

  private struct Lease {
    let id: Int
    let member: Int
    var isRecalled = false
  }

  /// What a change brings about for others.
  struct Changes {
    var concerned: Set<Int> = []
    var recalls: [Recall] = []
  }

  let name: String
  private var members: [Int: InMemoryMember] = [:]
  private var leases: [TopicPartition: Lease] = [:]
  private var nextLease = 0
  /// The offset from which records come again, of every partition that a member has held.
  private(set) var positions: [TopicPartition: Int64] = [:]

  init(name: String) {
    self.name = name
  }

  mutating func join(_ id: Int, _ member: InMemoryMember, records: InMemoryRecords) -> Changes {
    members[id] = member
    var changes = rebalance(records)
    members[id]?.announceEmptyShare()
    changes.concerned.insert(id)
    return changes
  }

  mutating func leave(_ id: Int, records: InMemoryRecords) -> Changes {
    guard let member = members.removeValue(forKey: id) else { return Changes() }
    for partition in member.partitions { leases[partition] = nil }
    return rebalance(records)
  }

  mutating func nextBatch(of id: Int, limit: Int, records: InMemoryRecords) -> SubscriptionBatch? {
    guard members[id] != nil else { return .closed }
    return members[id]?.nextBatch(limit: limit, from: records)
  }

  mutating func acknowledge(_ acknowledged: [RecordPosition], by id: Int) {
    for position in acknowledged {
      if let next = members[id]?.acknowledge(position) { positions[position.topicPartition] = next }
    }
  }

  mutating func setPaused(_ isPaused: Bool, _ partitions: Set<TopicPartition>, of id: Int) {
    members[id]?.setPaused(isPaused, partitions)
  }

  mutating func completeRevocation(
    _ partitions: Set<TopicPartition>, by id: Int, records: InMemoryRecords
  ) -> Changes {
    let released = partitions.filter { members[id]?.isRecalled($0) ?? false }
    guard !released.isEmpty else { return Changes() }
    members[id]?.remove(released, lost: false)
    for partition in released { leases[partition] = nil }
    return rebalance(records)
  }

  /// Takes away what was recalled and is still held under the same lease.
  mutating func expire(_ recalls: [Recall], records: InMemoryRecords) -> Changes {
    var lost: [Int: Set<TopicPartition>] = [:]
    for recall in recalls {
      guard let lease = leases[recall.partition], lease.id == recall.lease else { continue }
      leases[recall.partition] = nil
      lost[lease.member, default: []].insert(recall.partition)
    }
    for (id, partitions) in lost { members[id]?.remove(partitions, lost: true) }
    var changes = rebalance(records)
    changes.concerned.formUnion(lost.keys)
    return changes
  }

  /// Gives free partitions to whom they are due, and asks back what is due to another.
  mutating func rebalance(_ records: InMemoryRecords) -> Changes {
    let assignment = RangeAssignment(
      members: members.keys.sorted().compactMap { id in
        members[id].map { RangeAssignment.Member(id: Int64(id), topics: $0.topics) }
      }, partitions: records.partitionCount)
    var granted: [Int: [(name: TopicPartition, next: Int64)]] = [:]
    var recalled: [Int: Set<TopicPartition>] = [:]
    var changes = Changes()
    for topic in records.topics.sorted() {
      for (partition, owner) in zip(records.partitions(of: topic), assignment.owners(of: topic)) {
        if let lease = leases[partition] {
          guard lease.member != Int(owner), !lease.isRecalled else { continue }
          leases[partition]?.isRecalled = true
          recalled[lease.member, default: []].insert(partition)
          changes.recalls.append(Recall(group: name, partition: partition, lease: lease.id))
        } else {
          nextLease += 1
          leases[partition] = Lease(id: nextLease, member: Int(owner))
          let next = positions[partition] ?? 0
          positions[partition] = next
          granted[Int(owner), default: []].append((partition, next))
        }
      }
    }
    for (id, partitions) in granted { members[id]?.grant(partitions) }
    for (id, partitions) in recalled { members[id]?.recall(partitions) }
    changes.concerned.formUnion(granted.keys)
    changes.concerned.formUnion(recalled.keys)
    return changes
  }

  func wants(_ topic: String) -> Bool { members.values.contains { $0.topics.contains(topic) } }

  /// Who holds the partition.
  func holder(of partition: TopicPartition) -> Int? { leases[partition]?.member }

  func members(of connection: Int) -> [Int] { members.filter { $0.value.connection == connection }.map(\.key) }

  /// The offset of the oldest record that it has not acknowledged.
  func oldestNeeded(_ records: InMemoryRecords) -> Int64 {
    positions.reduce(records.end) { oldest, position in
      min(oldest, records.firstOffset(of: position.key, from: position.value) ?? oldest)
    }
  }
}
