/// A member's right to one partition of its group: where it goes on, and the fence that proves the right.
struct PartitionLease: Sendable, Hashable {
  /// The partition as `topic id * partitions + partition`.
  let slot: Int
  /// Raised whenever the partition changes hands; who holds an older one is fenced off.
  let epoch: Int64
  /// The first offset that the group has not acknowledged.
  let nextOffset: Int64
}

/// What a pass over the groups decided for one member.
struct LeaseChanges: Sendable {
  var granted: [PartitionLease] = []
  /// To be given up in order, because they are another member's by now.
  var recalled: Set<Int> = []
  /// Gone already.
  var lost: Set<Int> = []

  var isEmpty: Bool { granted.isEmpty && recalled.isEmpty && lost.isEmpty }
}

/// The stored position of one partition, moved by who holds its lease.
struct PositionUpdate: Sendable {
  let slot: Int
  let epoch: Int64
  let nextOffset: Int64
  /// What was stored before.
  let before: Int64
}
