import Events
import HostEvents
import Storage

/// The table of failed deliveries, and the events that tell of its changes: each change and its event are one
/// transaction.
struct FailedDeliveryStore: Sendable {
  let environment: ServiceEnvironment

  /// Writes down bytes that are no event.
  func keep(_ delivered: DeliveredRecord, error: String) async throws {
    try await keep(delivered, event: nil, handler: "", error: error, attempts: 1, nextAttemptAfter: nil)
  }

  /// Writes a delivery down as failed; once for an event and a handler, however often it is asked.
  ///
  /// - Parameter nextAttemptAfter: When it is tried again; nil when it is dead at once.
  func keep(
    _ delivered: DeliveredRecord, event: Event?, handler: String, error: String, attempts: Int,
    nextAttemptAfter: Duration?
  ) async throws {
    let now = environment.clock.now()
    try await environment.database.write { tx in
      let id = EventID.make(prefix: "fd_", at: now)
      let status = nextAttemptAfter == nil ? FailedDelivery.Status.dead : .waiting
      let isNew = try insert(
        delivered, event, id: id, handler: handler, status: status, error: error, attempts: attempts,
        nextAttemptAt: nextAttemptAfter.map { now + $0 }, at: now, in: tx)
      guard isNew else { return }
      try environment.publishHostEvent(
        DeliveryFailed(
          failedDeliveryID: id, handler: qualified(handler), eventID: event?.id ?? Self.identity(delivered, event),
          eventType: event?.type.name ?? delivered.record.eventType, attempts: attempts, error: error,
          status: status.rawValue),
        metadata: metadata(of: event), at: now, in: tx)
    }
  }

  /// Puts an event behind the failed ones of its key.
  /// - Returns: False when there is none any more, and the event may be handled.
  func park(_ delivered: DeliveredRecord, event: Event, handler: String, lane: LaneKey) async throws -> Bool {
    let now = environment.clock.now()
    return try await environment.database.write { tx in
      let before = try tx.first(
        """
        SELECT id FROM failed_deliveries
        WHERE handler = ? AND topic = ? AND key = ? AND status IN ('waiting', 'dead') ORDER BY sequence LIMIT 1
        """, handler, lane.topic, lane.key
      ) { try $0.string(0) }
      guard let before else { return false }
      _ = try insert(
        delivered, event, id: EventID.make(prefix: "fd_", at: now), handler: handler, status: .waiting,
        error: "waits behind \(before)", attempts: 0, nextAttemptAt: nil, at: now, in: tx)
      return true
    }
  }

  private func insert(
    _ delivered: DeliveredRecord, _ event: Event?, id: String, handler: String, status: FailedDelivery.Status,
    error: String, attempts: Int, nextAttemptAt: Timestamp?, at now: Timestamp, in tx: Transaction
  ) throws -> Bool {
    let record = delivered.record
    return try tx.execute(
      """
      INSERT INTO failed_deliveries (
        id, handler, identity, status, event_id, event_type, correlation_id, topic, log_partition, log_offset, key,
        headers, value, error, attempts, first_failed_at, last_failed_at, next_attempt_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (handler, identity) DO NOTHING
      """,
      id, handler, Self.identity(delivered, event), status.rawValue, event?.id ?? record.eventID,
      event?.type.name ?? record.eventType, event?.metadata.correlationID, record.topic, delivered.position.partition,
      delivered.position.offset, record.key, record.headers.encoded, record.value, error, attempts,
      now.microsecondsSinceEpoch, now.microsecondsSinceEpoch, nextAttemptAt?.microsecondsSinceEpoch) == 1
  }

  private static func identity(_ delivered: DeliveredRecord, _ event: Event?) -> String {
    event?.id ?? delivered.position.description
  }

  func qualified(_ handler: String) -> String { "\(environment.name)/\(handler)" }

  private func metadata(of event: Event?) -> EventMetadata {
    EventMetadata(
      userID: event?.metadata.userID, agentID: event?.metadata.agentID, correlationID: event?.metadata.correlationID,
      causationID: event?.id)
  }

  /// The keys of these handlers that have something open.
  func unresolvedKeys(of handlers: [String]) async throws -> [(handler: String, topic: String, key: String)] {
    try await environment.database.read { tx in
      try handlers.flatMap { handler in
        try tx.query(
          """
          SELECT DISTINCT topic, key FROM failed_deliveries
          WHERE handler = ? AND status IN ('waiting', 'dead') AND key IS NOT NULL
          """, handler
        ) { (handler, try $0.string(0), try $0.rawText(1)) }
      }
    }
  }

  // MARK: Redelivery

  /// How long a claim holds: longer than any attempt, so that two processes do not try one delivery side by side.
  private static let claimDuration = Duration.seconds(15 * 60)

  /// Takes some deliveries that are due.
  func claimDue(limit: Int, claim: String) async throws -> [FailedDelivery] {
    let now = environment.clock.now()
    return try await environment.database.write { tx in
      try tx.query(
        """
        UPDATE failed_deliveries SET claim = ?, claimed_until = ?
        WHERE sequence IN (
          SELECT sequence FROM failed_deliveries
          WHERE status = 'waiting' AND next_attempt_at <= ? AND (claimed_until IS NULL OR claimed_until < ?)
          ORDER BY next_attempt_at, sequence LIMIT ?)
        RETURNING \(FailedDelivery.columns)
        """, claim, (now + Self.claimDuration).microsecondsSinceEpoch, now.microsecondsSinceEpoch,
        now.microsecondsSinceEpoch, limit
      ) { try FailedDelivery($0, service: environment.name) }
    }.sorted { $0.sequence < $1.sequence }
  }

  /// When the next one is due; nil when none waits for a time.
  func nextDue() async throws -> Timestamp? {
    try await environment.database.read { tx in
      try tx.first(
        """
        SELECT min(CASE WHEN claimed_until > next_attempt_at THEN claimed_until ELSE next_attempt_at END)
        FROM failed_deliveries WHERE status = 'waiting'
        """
      ) { try $0.optionalInt64(0).map { Timestamp(microsecondsSinceEpoch: $0) } } ?? nil
    }
  }

  /// Gives back what was claimed and not tried.
  func release(_ delivery: FailedDelivery, claim: String, retryAfter: Duration) async throws {
    let due = environment.clock.now() + retryAfter
    try await environment.database.write { tx in
      try tx.execute(
        """
        UPDATE failed_deliveries SET claim = NULL, claimed_until = NULL, next_attempt_at = ?
        WHERE sequence = ? AND claim = ?
        """, due.microsecondsSinceEpoch, delivery.sequence, claim)
    }
  }

  /// Notes that a later attempt succeeded, and lets the next of its key have its turn.
  func resolve(_ delivery: FailedDelivery, claim: String) async throws {
    let now = environment.clock.now()
    try await environment.database.write { tx in
      let isOurs =
        try tx.execute(
          """
          UPDATE failed_deliveries SET status = 'resolved', claim = NULL, claimed_until = NULL, next_attempt_at = NULL,
            last_failed_at = ?
          WHERE sequence = ? AND claim = ?
          """, now.microsecondsSinceEpoch, delivery.sequence, claim) == 1
      guard isOurs else { return }
      try finish(delivery, delivery.isEdited ? .edited : .retried, at: now, in: tx)
    }
  }

  /// Tells of the end of a delivery, and makes the next of its key due.
  func finish(
    _ delivery: FailedDelivery, _ resolution: DeliveryResolved.Resolution, at now: Timestamp, in tx: Transaction
  ) throws {
    try environment.publishHostEvent(
      DeliveryResolved(
        failedDeliveryID: delivery.id, handler: qualified(delivery.handler), eventID: delivery.eventID ?? delivery.id,
        resolution: resolution),
      metadata: EventMetadata(correlationID: delivery.correlationID), at: now, in: tx)
    guard let key = delivery.key else { return }
    try tx.execute(
      """
      UPDATE failed_deliveries SET next_attempt_at = ?
      WHERE sequence = (
        SELECT min(sequence) FROM failed_deliveries
        WHERE handler = ? AND topic = ? AND key = ? AND status IN ('waiting', 'dead'))
        AND status = 'waiting' AND next_attempt_at IS NULL
      """, now.microsecondsSinceEpoch, delivery.handler, delivery.topic, key)
  }

  /// Notes that a later attempt failed as well.
  ///
  /// - Parameter nextAttemptAfter: When it is tried again; nil when it is dead.
  func fail(_ delivery: FailedDelivery, claim: String, error: String, nextAttemptAfter: Duration?) async throws {
    let now = environment.clock.now()
    try await environment.database.write { tx in
      let status = nextAttemptAfter == nil ? FailedDelivery.Status.dead : .waiting
      let isOurs =
        try tx.execute(
          """
          UPDATE failed_deliveries SET status = ?, error = ?, attempts = attempts + 1, last_failed_at = ?,
            next_attempt_at = ?, claim = NULL, claimed_until = NULL
          WHERE sequence = ? AND claim = ?
          """, status.rawValue, error, now.microsecondsSinceEpoch,
          nextAttemptAfter.map { (now + $0).microsecondsSinceEpoch }, delivery.sequence, claim) == 1
      guard isOurs else { return }
      try environment.publishHostEvent(
        DeliveryFailed(
          failedDeliveryID: delivery.id, handler: qualified(delivery.handler), eventID: delivery.eventID ?? delivery.id,
          eventType: delivery.eventType, attempts: delivery.attempts + 1, error: error, status: status.rawValue),
        metadata: EventMetadata(correlationID: delivery.correlationID), at: now, in: tx)
    }
  }

  /// Bytes that were no event are one now: hands them to the handlers that want it.
  func handOver(_ delivery: FailedDelivery, event: Event, to handlers: [String], claim: String) async throws {
    let now = environment.clock.now()
    try await environment.database.write { tx in
      let isOurs =
        try tx.execute(
          """
          UPDATE failed_deliveries SET status = 'resolved', claim = NULL, claimed_until = NULL, next_attempt_at = NULL
          WHERE sequence = ? AND claim = ?
          """, delivery.sequence, claim) == 1
      guard isOurs else { return }
      let record = EventRecord(
        topic: delivery.topic, key: delivery.key, value: delivery.value, eventType: event.type.name, eventID: event.id,
        headers: delivery.headers)
      let position = RecordPosition(
        topic: delivery.topic, partition: delivery.partition, offset: delivery.offset)
      let delivered = DeliveredRecord(
        record: record, position: position, appendedAtMicroseconds: now.microsecondsSinceEpoch)
      for handler in handlers {
        _ = try insert(
          delivered, event, id: EventID.make(prefix: "fd_", at: now), handler: handler, status: .waiting,
          error: "made readable as \(delivery.id)", attempts: 0, nextAttemptAt: now, at: now, in: tx)
      }
      try finish(delivery, .edited, at: now, in: tx)
    }
  }

  /// Forgets some of what was put right before a time.
  /// - Returns: How many went; `limit` when there may be more.
  func prune(before time: Timestamp, limit: Int) async throws -> Int {
    try await environment.database.write { tx in
      let old = try tx.query(
        """
        SELECT id FROM failed_deliveries
        WHERE status IN ('resolved', 'discarded') AND last_failed_at < ? ORDER BY sequence LIMIT ?
        """, time.microsecondsSinceEpoch, limit
      ) { try $0.string(0) }
      for id in old {
        try tx.execute("DELETE FROM failed_delivery_acts WHERE failed_delivery_id = ?", id)
        try tx.execute("DELETE FROM failed_deliveries WHERE id = ?", id)
      }
      return old.count
    }
  }
}
