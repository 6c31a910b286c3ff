import Messaging

/// Puts the records of many partitions into one order: by the log's time, then by place.
///
/// The oldest record is given once every partition has one at hand or is read to its end, so that the order is the same
/// each time the same records are read. A value; whoever reads keeps it.
struct TailMerge: Sendable {
  private struct Lane: Sendable {
    var records: [DeliveredRecord] = []
    var head = 0
    var isAtEnd = false

    var next: DeliveredRecord? { head < records.count ? records[head] : nil }
  }

  private var lanes: [TopicPartition: Lane] = [:]
  /// Behind what was given.
  private(set) var offsets: TailOffsets

  init(from offsets: TailOffsets) {
    self.offsets = offsets
  }

  mutating func add(_ partition: TopicPartition) {
    lanes[partition] = Lane()
  }

  /// Whether there is nothing at hand of the partition.
  func isEmpty(_ partition: TopicPartition) -> Bool { lanes[partition]?.next == nil }

  /// Whether every partition is read to its end and everything was given.
  var isAtEnd: Bool { lanes.values.allSatisfy { $0.isAtEnd && $0.next == nil } }

  /// Takes a record in, or learns that the end of the partition was reached.
  mutating func take(_ record: DeliveredRecord?, of partition: TopicPartition) {
    guard let record else {
      lanes[partition]?.isAtEnd = true
      return
    }
    // A reset of the client may read again what was given.
    if let next = offsets[partition], record.position.offset < next { return }
    lanes[partition]?.isAtEnd = false
    if lanes[partition]?.next == nil {
      lanes[partition]?.records.removeAll(keepingCapacity: true)
      lanes[partition]?.head = 0
    }
    lanes[partition]?.records.append(record)
  }

  /// The next record.
  /// - Parameter withoutAll: Does not wait for partitions of which nothing has been heard.
  mutating func next(withoutAll: Bool) -> TailRecord? {
    var best: DeliveredRecord?
    for lane in lanes.values {
      guard let record = lane.next else {
        if lane.isAtEnd || withoutAll { continue }
        return nil
      }
      if best.map({ Self.isBefore(record, $0) }) ?? true { best = record }
    }
    guard let best else { return nil }
    let partition = best.position.topicPartition
    lanes[partition]?.head += 1
    offsets[partition] = best.position.offset + 1
    return TailRecord(delivered: best, cursor: offsets.cursor)
  }

  private static func isBefore(_ left: DeliveredRecord, _ right: DeliveredRecord) -> Bool {
    if left.appendedAtMicroseconds != right.appendedAtMicroseconds {
      return left.appendedAtMicroseconds < right.appendedAtMicroseconds
    }
    let (leftPlace, rightPlace) = (left.position.topicPartition, right.position.topicPartition)
    return leftPlace == rightPlace ? left.position.offset < right.position.offset : leftPlace < rightPlace
  }
}
