/// Which rows of the log a reader wants: from where, and per partition from which offset on.
///
/// A slot is a partition of a topic as one small number, `topic id * partitions + partition`.
struct ScanPlan: Sendable {
  static let unwanted = Int64.max

  /// The lowest offset that anybody wants.
  var from: Int64
  /// By slot, the first offset wanted; `unwanted` for all others, and for slots beyond the end.
  var starts: [Int64]
  let partitions: Int

  init(partitions: Int) {
    self.partitions = partitions
    from = Self.unwanted
    starts = []
  }

  mutating func want(_ slot: Int, from offset: Int64) {
    while starts.count <= slot { starts.append(Self.unwanted) }
    starts[slot] = offset
    from = min(from, offset)
  }

  func wants(topicID: Int, partition: Int, offset: Int64) -> Int? {
    guard topicID >= 0, partition >= 0, partition < partitions, topicID < Int.max / partitions else { return nil }
    let slot = topicID * partitions + partition
    guard slot < starts.count, starts[slot] <= offset else { return nil }
    return slot
  }
}
