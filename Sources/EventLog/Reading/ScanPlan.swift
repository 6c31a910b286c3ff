/// Which rows of the log a reader wants: from where, and per partition from which offset on.
///
/// A slot is a partition of a topic as one small number, `topic id * partitions + partition`.
struct ScanPlan: Sendable {
  static let unwanted = Int64.max

  /// The lowest offset that anybody wants.
  var from: Int64
  /// By slot, the first offset wanted; `unwanted` for all others, and for slots beyond the end.
  var starts: [Int64]

  init() {
    from = Self.unwanted
    starts = []
  }

  mutating func want(_ slot: Int, from offset: Int64) {
    while starts.count <= slot { starts.append(Self.unwanted) }
    starts[slot] = offset
    from = min(from, offset)
  }

  func wants(_ slot: Int, _ offset: Int64) -> Bool {
    slot < starts.count && starts[slot] <= offset
  }
}
