import RuntimeHost

/// Flows by correlation id, with their events.
struct FlowStore: Sendable {
  /// A longer correlation id (in UTF-8 bytes) is nobody's idea of one, and too much for an index: its flow is not kept.
  static let longestID = 1024

  /// Whether the flows of this correlation id are kept. One with U+0000 is more than PostgreSQL holds.
  static func isUsable(_ correlationID: String) -> Bool {
    correlationID.utf8.count <= longestID && !correlationID.utf8.contains(0)
  }

  /// How many of a flow's events are kept; further ones are counted only.
  var eventLimit: Int

  /// How long a flow's stretch may take before it is noted as slow.
  var slowAfter = Duration.seconds(10)

  /// Adds events to their flows, in order, and notes when a flow was last found to be slow.
  ///
  /// Nothing is waited for: with PostgreSQL, many events cost the monitor one round trip.
  func add(_ events: [(event: Event, correlationID: String)], in tx: ServiceTransaction) throws {
    var rest = events[...]
    while !rest.isEmpty {
      // One statement takes a flow once.
      var flows: Set<String> = []
      let end = rest.firstIndex { !flows.insert($0.correlationID).inserted } ?? rest.endIndex
      try addOncePerFlow(rest[..<end], in: tx)
      rest = rest[end...]
    }
  }

  private func addOncePerFlow(
    _ events: ArraySlice<(event: Event, correlationID: String)>, in tx: ServiceTransaction
  ) throws {
    let events = Array(events)
    let seenAt = DatabaseValue.integer(tx.now.microsecondsSinceEpoch)
    for group in RowGroups(events.count) {
      let values = events[group.rows].flatMap { event, correlationID -> [DatabaseValue] in
        let time = DatabaseValue.integer(event.timestamp.microsecondsSinceEpoch)
        let type = DatabaseValue.text(event.type.name)
        return [.text(correlationID), type, type, time, time, time, seenAt]
      }
      try tx.database.enqueue(
        """
        INSERT INTO flows (correlation_id, status, first_type, final_type, started_at, stretch_started_at, ended_at,
                           seen_at, event_count)
        VALUES \(group.placeholders("(?, 'open', ?, ?, ?, ?, ?, ?, 1)"))
        ON CONFLICT (correlation_id) DO UPDATE SET
          first_type = CASE WHEN excluded.started_at < flows.started_at
            THEN excluded.first_type ELSE flows.first_type END,
          final_type = CASE WHEN excluded.ended_at >= flows.ended_at
            THEN excluded.final_type ELSE flows.final_type END,
          started_at = CASE WHEN excluded.started_at < flows.started_at
            THEN excluded.started_at ELSE flows.started_at END,
          stretch_started_at = CASE WHEN flows.status = 'open' AND flows.stretch_started_at < excluded.started_at
            THEN flows.stretch_started_at ELSE excluded.started_at END,
          ended_at = CASE WHEN excluded.ended_at > flows.ended_at THEN excluded.ended_at ELSE flows.ended_at END,
          seen_at = excluded.seen_at,
          event_count = flows.event_count + 1,
          slow_at = CASE
            WHEN CASE WHEN excluded.ended_at > flows.ended_at THEN excluded.ended_at ELSE flows.ended_at END
              - CASE WHEN flows.status = 'open' AND flows.stretch_started_at < excluded.started_at
                  THEN flows.stretch_started_at ELSE excluded.started_at END > ?
            THEN excluded.seen_at ELSE flows.slow_at END,
          status = 'open'
        """, values + [.integer(Int64(slowAfter / .microseconds(1)))])
    }
    for (event, correlationID) in events {
      try tx.enqueue(
        """
        INSERT INTO flow_events (flow_id, position, envelope)
        SELECT id, event_count, ? FROM flows WHERE correlation_id = ? AND event_count <= ?
        """, event.encodedWithoutPayload(), correlationID, eventLimit)
    }
  }

  /// Ends flows that were quiet since `time`, the longest quiet first.
  func completeQuiet(since time: Timestamp, limit: Int, in tx: ServiceTransaction) throws -> [FlowRecord] {
    try tx.query(
      """
      UPDATE flows SET status = CASE WHEN final_type LIKE '%.failed' THEN 'failed' ELSE 'completed' END
      WHERE id IN (SELECT id FROM flows WHERE status = 'open' AND seen_at < ? ORDER BY seen_at LIMIT ?)
        AND status = 'open'
      RETURNING \(FlowRecord.columns)
      """, time.microsecondsSinceEpoch, limit, map: FlowRecord.init)
  }

  /// Removes flows that saw nothing since `time`, and the oldest beyond `keeping`.
  /// - Returns: How many went; `limit` when there may be more.
  func remove(quietSince time: Timestamp, keeping: Int, limit: Int, in tx: ServiceTransaction) throws -> Int {
    let count = try tx.first("SELECT count(*) FROM flows", map: { try $0.int(0) }) ?? 0
    let excess = min(max(0, count - keeping), limit)
    let old = try tx.query(
      """
      SELECT id FROM (SELECT id, seen_at FROM flows ORDER BY id LIMIT ?) AS oldest WHERE seen_at < ?
      UNION SELECT id FROM (SELECT id FROM flows ORDER BY id LIMIT ?) AS excess
      """, limit, time.microsecondsSinceEpoch, excess
    ) { try $0.int64(0) }
    for id in old {
      try tx.execute("DELETE FROM flow_events WHERE flow_id = ?", id)
      try tx.execute("DELETE FROM flows WHERE id = ?", id)
    }
    return old.count
  }

  func record(of correlationID: String, in tx: Transaction) throws -> FlowRecord? {
    try tx.first(
      "SELECT \(FlowRecord.columns) FROM flows WHERE correlation_id = ?", correlationID, map: FlowRecord.init)
  }

  /// The flow's events in causal order.
  func flow(of record: FlowRecord, in tx: Transaction) throws -> Flow {
    Flow(
      arrived: try tx.query(
        "SELECT envelope FROM flow_events WHERE flow_id = ? ORDER BY position", record.rowID
      ) { row in try Flow.Entry(envelope: try row.bytes(0)) })
  }

  /// The latest flows, newest first.
  func list(before rowID: Int64?, status: String?, limit: Int, in tx: Transaction) throws -> [FlowRecord] {
    try tx.query(
      """
      SELECT \(FlowRecord.columns) FROM flows
      WHERE id < ? AND status = coalesce(?, status) ORDER BY id DESC LIMIT ?
      """, rowID ?? Int64.max, status, limit, map: FlowRecord.init)
  }
}

extension Flow.Entry {
  /// Reads an envelope that was kept without its payload.
  init(envelope: [UInt8]) throws(JSONError) {
    let value = try JSONValue(parsing: envelope)
    self.init(
      id: value["event_id"]?.stringValue ?? "", type: value["event_type"]?.stringValue ?? "",
      timestamp: value["timestamp"]?.stringValue.flatMap { try? Timestamp(parsing: $0) }
        ?? Timestamp(microsecondsSinceEpoch: 0),
      causationID: value["metadata"]?["causation_id"]?.stringValue, envelope: envelope)
  }
}
