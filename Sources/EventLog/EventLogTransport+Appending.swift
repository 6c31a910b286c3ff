import Messaging
import Storage

extension EventLogTransport {
  public func append(_ records: [EventRecord]) async -> [AppendOutcome] {
    if state.withLock({ $0.isClosed }) {
      let closed = TransportError(.closed, "the event log is closed")
      return records.map { _ in .failed(closed) }
    }
    let refusals = records.map(refusal)
    let firstUnkeyed = takeUnkeyedPartitions(records)
    let now = log.configuration.clock.date().microsecondsSinceEpoch
    do {
      let positions = try await log.database.write { [self] tx in
        let places = try insert(records, refusals: refusals, firstUnkeyed: firstUnkeyed, now: now, in: tx)
        let appended = zip(records, places).compactMap { record, place in
          place.map {
            (slot: $0.slot, record: DeliveredRecord(record: record, position: $0.position, appendedAtMicroseconds: now))
          }
        }
        tx.afterCommit { [self] in noteAppend(appended) }
        return places.map { $0?.position }
      }
      return zip(positions, refusals).map { position, refusal in
        if let position { return .appended(position) }
        return .failed(refusal ?? TransportError(.unavailable, "the record was not written"))
      }
    } catch {
      let failure = appendFailure(error)
      state.withLock { $0.failure = failure }
      return refusals.map { .failed($0 ?? failure) }
    }
  }

  private func insert(
    _ records: [EventRecord], refusals: [TransportError?], firstUnkeyed: Int32, now: Int64, in tx: Transaction
  ) throws -> [(slot: Int, position: RecordPosition)?] {
    let insertion = try RecordInsertion(in: tx)
    var unkeyed = firstUnkeyed
    var topic: (name: String, id: Int)?
    var places: [(slot: Int, position: RecordPosition)?] = []
    places.reserveCapacity(records.count)
    for (record, refusal) in zip(records, refusals) {
      guard refusal == nil else {
        places.append(nil)
        continue
      }
      let topicID: Int
      if let topic, topic.name == record.topic {
        topicID = topic.id
      } else {
        topicID = try log.topics.findOrCreate(record.topic, in: tx) {
          // Groups that want every topic have to learn of it, here and in other processes.
          try log.groups(in: tx).noteChange()
          tx.afterCommit { [self] in
            log.ring()
            Task { await coordinator.synchronise() }
          }
        }
        topic = (record.topic, topicID)
      }
      let partition: Int32
      if let key = record.key {
        partition = PartitionHash.partition(of: key, among: log.partitions)
      } else {
        partition = unkeyed % log.partitions
        unkeyed += 1
      }
      try insertion.insert(record, topicID: topicID, partition: partition, appendedAt: now)
      places.append(
        (
          slot: topicID * Int(log.partitions) + Int(partition),
          position: RecordPosition(topic: record.topic, partition: partition, offset: tx.lastInsertedID)
        ))
    }
    return places
  }

  private func refusal(of record: EventRecord) -> TransportError? {
    guard TopicName.isValid(record.topic) else {
      return TransportError(.refused, "not a topic name: \(record.topic.debugDescription)")
    }
    let bytes = record.value.count + record.headers.encoded.count + (record.key?.utf8.count ?? 0)
    let limit = log.configuration.maximumRecordBytes
    return bytes > limit ? TransportError(.tooLarge, "the record has \(bytes) bytes, the log takes \(limit)") : nil
  }

  /// Records without a key go round the partitions.
  private func takeUnkeyedPartitions(_ records: [EventRecord]) -> Int32 {
    let count = records.reduce(into: Int32(0)) { if $1.key == nil { $0 += 1 } }
    guard count > 0 else { return 0 }
    return state.withLock { state in
      defer { state.nextUnkeyedPartition = (state.nextUnkeyedPartition &+ count) % log.partitions }
      return state.nextUnkeyedPartition
    }
  }

  private func appendFailure(_ error: any Error) -> TransportError {
    if let error = error as? DatabaseError, error.kind == .inputOutput {
      // It may have been the commit's sync that failed.
      return TransportError(.outcomeUnknown, "event log: \(error.message)")
    }
    return TransportError(error)
  }

  private func noteAppend(_ appended: [(slot: Int, record: DeliveredRecord)]) {
    state.withLock { $0.failure = nil }
    log.recent.append(appended)
    wake(Set(appended.lazy.map(\.record.record.topic)))
    if coordinator.hasOthers { log.ring() }
  }
}
