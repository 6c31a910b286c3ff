/// One member's share of a consumer group.
///
/// One task reads batches; any task may acknowledge, pause and resume. A subscription that is closed, or whose
/// process dies, leaves its partitions to the other members, which are given everything not acknowledged.
public protocol TransportSubscription: Sendable {
  /// Waits for what comes next. Returns as soon as one record is there, with as many as are at hand.
  ///
  /// Records of a partition come in the order of their offsets. A cancelled wait returns `.closed`. Throws when
  /// the transport cannot deliver at present; the caller waits and calls again, and nothing is lost by it.
  ///
  /// - Parameter limit: The largest number of records in the answer, at least 1.
  func nextBatch(limit: Int) async throws(TransportError) -> SubscriptionBatch

  /// Says that these records need not come again. In any order: the stored offset of a partition moves over the
  /// records that are acknowledged without a gap. Stored in groups; `flush()` makes it durable now. Positions of
  /// partitions that this member does not own (any more) are ignored.
  func acknowledge(_ positions: [RecordPosition])

  /// Holds back the records of these partitions. Those already returned are not called back.
  func pause(_ partitions: Set<TopicPartition>)

  /// Lets the records of these partitions come again, from where they stopped.
  func resume(_ partitions: Set<TopicPartition>)

  /// Gives partitions up after `.revoked(_, .orderly)`: what ran of them is finished and acknowledged. Stores
  /// their offsets first. Until this call the transport holds them back from other members, up to its own limit.
  func completeRevocation(_ partitions: Set<TopicPartition>) async

  /// Returns when everything acknowledged so far is durable, or cannot be made so.
  func flush() async

  /// Stores what was acknowledged, leaves the group, and ends the wait in `nextBatch`. Closing twice is fine.
  func close() async
}
