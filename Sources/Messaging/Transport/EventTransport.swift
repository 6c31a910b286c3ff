/// Carries records from publishers to consumer groups, and to people who watch.
///
/// Three of them keep this contract, and one suite checks it: in memory, the embedded log, Kafka. Nothing above
/// this face knows which one is below. Delivery is at least once: what was not acknowledged comes again. Every
/// method may be called from any task, side by side.
public protocol EventTransport: Sendable {
  /// Appends records and says what became of each, in the order given.
  ///
  /// Records of one topic and key are delivered in the order in which they were appended. Once a record fails
  /// with an error that is not permanent, no later record of the same topic and key in this call is appended: it
  /// fails as well, so that sending them again keeps their order. A transport whose own queue is full waits here;
  /// that wait is what holds a fast publisher back. An outcome may be an error although the record was appended
  /// (`TransportError.Kind.outcomeUnknown`): the record is then sent again under the same event id.
  func append(_ records: [EventRecord]) async -> [AppendOutcome]

  /// Joins a consumer group. The group's members share the partitions of the topics; a group that is seen for the
  /// first time begins with the oldest record that is kept.
  func subscribe(group: String, to topics: TopicSelection) async throws(TransportError) -> any TransportSubscription

  /// Follows the topics without a group, for people: `roost events tail`, server-sent events, replays.
  ///
  /// - Parameter cursor: Where to go on; `nil` is the end of the log at the time of the call.
  func tail(from cursor: TailCursor?, topics: TopicSelection) async throws(TransportError) -> any TransportTail

  /// How many records of each partition the group has not acknowledged yet. Empty for a group that never was.
  func lag(of group: String) async throws(TransportError) -> [TopicPartition: Int64]

  /// Whether appends and deliveries work now. Answers from what is known, without a round trip that could hang.
  func health() async -> TransportHealth

  /// Ends every subscription and tail, waits for appends under way, and frees what is held. Later calls fail with
  /// `TransportError.Kind.closed`. Closing twice is fine.
  func close() async
}
