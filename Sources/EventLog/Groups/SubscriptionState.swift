import Messaging

/// What a subscription holds, reads and owes, without any effect: the owner keeps it under a lock.
///
/// Every partition has its own read position. A scan starts at the lowest of them and serves all that are not paused,
/// so a partition that was paused reads again what it missed while the others went on.
struct SubscriptionState {
  private struct Partition {
    let epoch: Int64
    let name: TopicPartition
    /// The next offset to read.
    var next: Int64
    var tracker = OffsetTracker()
    var isPaused = false
    /// Recalled: nothing more is read, acknowledgements still count.
    var isRecalled = false
    /// What is stored, as far as is known here.
    var stored: Int64
  }

  enum Step {
    case give(SubscriptionBatch)
    case scan(ScanPlan, epochs: [Int: Int64])
    case wait
  }

  /// How far the stored position of a partition without records may stay behind what has been read of the log. After
  /// a restart, that much is looked at again.
  private static let idleDistance: Int64 = 10_000

  private var partitions: [Int: Partition] = [:]
  private var slots: [TopicPartition: Int] = [:]
  private var notices: [SubscriptionBatch] = []
  /// Read and not yet given, in order; the next is at `head`.
  private var buffer: [(slot: Int, record: DeliveredRecord)] = []
  private var head = 0
  private(set) var isClosed = false

  /// What `nextBatch` does now. `wait` follows a scan that came to the end of the log.
  mutating func nextStep(limit: Int, isAtEnd: Bool) -> Step {
    if isClosed { return .give(.closed) }
    if !notices.isEmpty { return .give(notices.removeFirst()) }
    if head < buffer.count { return .give(.records(takeRecords(limit))) }
    if isAtEnd { return .wait }
    var plan = ScanPlan()
    var epochs: [Int: Int64] = [:]
    for (slot, partition) in partitions where !partition.isPaused && !partition.isRecalled {
      plan.want(slot, from: partition.next)
      epochs[slot] = partition.epoch
    }
    return epochs.isEmpty ? .wait : .scan(plan, epochs: epochs)
  }

  private mutating func takeRecords(_ limit: Int) -> [DeliveredRecord] {
    let end = min(buffer.count, head + max(1, limit))
    var records: [DeliveredRecord] = []
    records.reserveCapacity(end - head)
    for (slot, record) in buffer[head..<end] {
      partitions[slot]?.tracker.deliver(record.position.offset)
      records.append(record)
    }
    head = end
    if head == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      head = 0
    }
    return records
  }

  /// Takes in what a scan found. A partition that changed hands, was paused or moved meanwhile takes no part.
  /// - Returns: Whether positions are to be stored although nothing was acknowledged.
  mutating func integrate(_ result: LogScan.Result, plan: ScanPlan, epochs: [Int: Int64]) -> Bool {
    var accepted = [Bool](repeating: false, count: plan.starts.count)
    var isFarBehind = false
    for (slot, epoch) in epochs {
      guard let partition = partitions[slot], partition.epoch == epoch, !partition.isPaused, !partition.isRecalled,
        partition.next == plan.starts[slot]
      else { continue }
      accepted[slot] = true
      partitions[slot]?.next = max(partition.next, result.scannedTo)
      if partition.tracker.outstanding == 0, result.scannedTo - partition.stored > Self.idleDistance {
        isFarBehind = true
      }
    }
    for found in result.records where accepted[found.slot] { buffer.append(found) }
    return isFarBehind
  }

  /// - Returns: Whether the front of any partition moved, so that its position is to be stored.
  mutating func acknowledge(_ positions: [RecordPosition]) -> Bool {
    var moved = false
    var last: (name: TopicPartition, slot: Int)?
    for position in positions {
      let slot: Int
      if let last, last.name.partition == position.partition, last.name.topic == position.topic {
        slot = last.slot
      } else {
        guard let found = slots[position.topicPartition] else { continue }
        slot = found
        last = (position.topicPartition, found)
      }
      if partitions[slot]?.tracker.acknowledge(position.offset) != nil {
        moved = true
      }
    }
    return moved
  }

  mutating func pause(_ names: Set<TopicPartition>) {
    for slot in names.compactMap({ slots[$0] }) {
      partitions[slot]?.isPaused = true
      if let first = dropBuffered(slot) { partitions[slot]?.next = first }
    }
  }

  mutating func resume(_ names: Set<TopicPartition>) {
    for slot in names.compactMap({ slots[$0] }) { partitions[slot]?.isPaused = false }
  }

  /// Positions to store, which then count as stored unless they come back by `restore`.
  /// - Parameter everything: Also those that moved a little only because nothing was there for them.
  mutating func takePositions(everything: Bool = false) -> [PositionUpdate] {
    let buffered = Set(buffer[head...].lazy.map(\.slot))
    var updates: [PositionUpdate] = []
    for (slot, partition) in partitions {
      let front = partition.tracker.next ?? 0
      let position = self.position(of: partition, isBuffered: buffered.contains(slot))
      guard position > partition.stored else { continue }
      guard everything || front > partition.stored || position - partition.stored > Self.idleDistance else { continue }
      partitions[slot]?.stored = position
      updates.append(PositionUpdate(slot: slot, epoch: partition.epoch, nextOffset: position, before: partition.stored))
    }
    return updates
  }

  /// What was taken and could not be stored.
  mutating func restore(_ updates: [PositionUpdate]) {
    for update in updates {
      guard let partition = partitions[update.slot], partition.epoch == update.epoch else { continue }
      partitions[update.slot]?.stored = min(partition.stored, update.before)
    }
  }

  /// Everything before it needs not come again: the acknowledged front, or where reading stands when nothing is owed.
  private func position(of partition: Partition, isBuffered: Bool) -> Int64 {
    let front = partition.tracker.next ?? 0
    return partition.tracker.outstanding == 0 && !isBuffered ? max(front, partition.next) : front
  }

  /// The leases held, by slot; those on their way out included.
  var epochs: [Int: Int64] { partitions.mapValues(\.epoch) }

  /// The leases of recalled partitions among these, with the positions to leave behind.
  func recalledLeases(_ names: Set<TopicPartition>) -> [PositionUpdate] {
    names.compactMap { name in
      guard let slot = slots[name], let partition = partitions[slot], partition.isRecalled else { return nil }
      return PositionUpdate(
        slot: slot, epoch: partition.epoch, nextOffset: position(of: partition, isBuffered: false),
        before: partition.stored)
    }
  }

  mutating func apply(_ changes: LeaseChanges, name: (Int) -> TopicPartition?) {
    guard !isClosed else { return }
    lose(changes.lost)
    var recalled: Set<TopicPartition> = []
    for slot in changes.recalled {
      guard let partition = partitions[slot], !partition.isRecalled else { continue }
      if let first = dropBuffered(slot) { partitions[slot]?.next = first }
      partitions[slot]?.isRecalled = true
      recalled.insert(partition.name)
    }
    if !recalled.isEmpty { notices.append(.revoked(recalled, .orderly)) }
    var granted: Set<TopicPartition> = []
    for lease in changes.granted {
      guard let name = name(lease.slot) else { continue }
      partitions[lease.slot] = Partition(
        epoch: lease.epoch, name: name, next: lease.nextOffset, stored: lease.nextOffset)
      slots[name] = lease.slot
      granted.insert(name)
    }
    if !granted.isEmpty { notices.append(.assigned(granted)) }
  }

  mutating func announceEmptyShare() {
    if partitions.isEmpty, notices.isEmpty, !isClosed { notices.append(.assigned([])) }
  }

  /// Others hold these by now.
  mutating func lose(_ lost: Set<Int>) {
    let names = remove(lost)
    if !names.isEmpty { notices.append(.revoked(names, .lost)) }
  }

  /// These were given up in order.
  mutating func release(_ released: [PositionUpdate]) {
    _ = remove(Set(released.filter { partitions[$0.slot]?.epoch == $0.epoch }.map(\.slot)))
  }

  mutating func close() {
    isClosed = true
    notices = []
    buffer = []
    head = 0
  }

  private mutating func remove(_ removed: Set<Int>) -> Set<TopicPartition> {
    var names: Set<TopicPartition> = []
    for slot in removed {
      guard let partition = partitions.removeValue(forKey: slot) else { continue }
      _ = dropBuffered(slot)
      slots[partition.name] = nil
      names.insert(partition.name)
    }
    return names
  }

  /// Forgets what was read of a partition and not given. Returns its first offset.
  private mutating func dropBuffered(_ slot: Int) -> Int64? {
    guard let first = buffer[head...].first(where: { $0.slot == slot }) else { return nil }
    buffer = buffer[head...].filter { $0.slot != slot }
    head = 0
    return first.record.position.offset
  }
}
