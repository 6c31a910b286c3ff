/// The records of an in-memory log: all of them in the order of their appending, and the offsets of each partition.
///
/// An offset is a record's place in the whole log, so those of one partition have gaps.
struct InMemoryRecords: Sendable {
  /// Offsets in growing order. Those before `head` are gone.
  private struct Partition {
    var offsets: [Int64] = []
    var head = 0
  }

  let partitionCount: Int32
  private var entries: [DeliveredRecord] = []
  private var partitions: [TopicPartition: Partition] = [:]
  private var nextUnkeyed: Int32 = 0
  /// The offset of the oldest record that is kept; `end` when there is none.
  private(set) var start: Int64 = 0

  init(partitions: Int32) {
    partitionCount = max(1, partitions)
  }

  /// The offset of the next record.
  var end: Int64 { start + Int64(entries.count) }
  var count: Int { entries.count }
  private(set) var topics: Set<String> = []

  subscript(offset: Int64) -> DeliveredRecord { entries[Int(offset - start)] }

  func partitions(of topic: String) -> [TopicPartition] {
    (0..<partitionCount).map { TopicPartition(topic: topic, partition: $0) }
  }

  /// - Returns: Whether it was new.
  mutating func addTopic(_ name: String) -> Bool { topics.insert(name).inserted }

  mutating func append(_ record: EventRecord, at microseconds: Int64) -> RecordPosition {
    let partition: Int32
    if let key = record.key {
      partition = PartitionHash.partition(of: key, among: partitionCount)
    } else {
      partition = nextUnkeyed
      nextUnkeyed = (nextUnkeyed + 1) % partitionCount
    }
    let position = RecordPosition(topic: record.topic, partition: partition, offset: end)
    entries.append(DeliveredRecord(record: record, position: position, appendedAtMicroseconds: microseconds))
    partitions[position.topicPartition, default: Partition()].offsets.append(position.offset)
    return position
  }

  /// The first offset of the partition that is not below this one.
  func firstOffset(of partition: TopicPartition, from offset: Int64) -> Int64? {
    index(in: partition, from: offset).map { $0.offsets[$0.index] }
  }

  /// Up to that many records of the partition from this offset on.
  func records(of partition: TopicPartition, from offset: Int64, limit: Int) -> [DeliveredRecord] {
    guard let (offsets, index) = index(in: partition, from: offset) else { return [] }
    return offsets[index..<min(offsets.count, index + limit)].map { self[$0] }
  }

  func count(of partition: TopicPartition, from offset: Int64) -> Int {
    index(in: partition, from: offset).map { $0.offsets.count - $0.index } ?? 0
  }

  /// Forgets the records before this offset.
  mutating func removeRecords(before offset: Int64) {
    guard offset > start else { return }
    entries.removeFirst(Int(min(offset, end) - start))
    start = offset
    for (name, partition) in partitions {
      let head = Self.index(in: partition.offsets, from: offset, after: partition.head)
      // Moved only once it is worth it, so that a long partition is not copied for a few records.
      if head * 2 >= partition.offsets.count {
        partitions[name] = Partition(offsets: Array(partition.offsets[head...]))
      } else {
        partitions[name]?.head = head
      }
    }
  }

  private func index(in partition: TopicPartition, from offset: Int64) -> (offsets: [Int64], index: Int)? {
    guard let partition = partitions[partition] else { return nil }
    let index = Self.index(in: partition.offsets, from: offset, after: partition.head)
    return index < partition.offsets.count ? (partition.offsets, index) : nil
  }

  private static func index(in offsets: [Int64], from offset: Int64, after head: Int) -> Int {
    var low = head
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
