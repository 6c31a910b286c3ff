import RuntimeHost

/// The recorded calls of each capability, and the limits that they were made under.
struct CallStore: Sendable {
  /// How many calls of one capability are kept.
  static let callLimit = 1_000

  func add(_ call: RecordedCall, of capabilityID: String, in tx: ServiceTransaction) throws {
    let id = try tx.first(
      """
      INSERT INTO calls (capability_id, execution_id, at, duration_ms, error_kind) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (execution_id) DO NOTHING RETURNING id
      """,
      capabilityID, call.executionID, call.at.microsecondsSinceEpoch, call.duration.wholeMilliseconds, call.errorKind
    ) { try $0.int64(0) }
    // Looking for the oldest to remove costs a walk along the index: once in a hundred calls is enough.
    guard let id, id % 100 == 0 else { return }
    try tx.execute(
      """
      DELETE FROM calls WHERE capability_id = ? AND at <= (
        SELECT at FROM calls WHERE capability_id = ? ORDER BY at DESC LIMIT 1 OFFSET ?)
      """, capabilityID, capabilityID, Self.callLimit)
  }

  /// Calls since the capability's limits were last changed or judged, oldest first.
  func calls(of capabilityID: String, since time: Timestamp, in tx: Transaction) throws -> [RecordedCall] {
    try tx.query(
      """
      SELECT execution_id, at, duration_ms, error_kind FROM (
        SELECT execution_id, at, duration_ms, error_kind, id FROM calls
        WHERE capability_id = ? AND at > ? ORDER BY at DESC, id DESC LIMIT ?) AS newest
      ORDER BY at, id
      """, capabilityID, time.microsecondsSinceEpoch, Self.callLimit
    ) { row in
      RecordedCall(
        executionID: try row.string(0), at: Timestamp(microsecondsSinceEpoch: try row.int64(1)),
        duration: .milliseconds(try row.int64(2)), errorKind: try row.optionalString(3))
    }
  }

  /// The limits in force, and from when on calls are to be judged; nil while the capability is not known.
  func limits(of capabilityID: String, in tx: Transaction) throws -> (limits: CapabilityLimits, judgedFrom: Timestamp)?
  {
    try tx.first(
      """
      SELECT timeout_ms, failure_threshold, reset_timeout_ms, judged_from FROM capability_limits WHERE capability_id = ?
      """, capabilityID
    ) { row in
      let breaker = CircuitBreakerConfiguration(
        failureThreshold: try row.int(1), resetTimeout: .milliseconds(try row.int64(2)))
      return (
        CapabilityLimits(timeout: .milliseconds(try row.int64(0)), breaker: breaker),
        Timestamp(microsecondsSinceEpoch: try row.int64(3))
      )
    }
  }

  func save(_ limits: CapabilityLimits, of capabilityID: String, in tx: ServiceTransaction) throws {
    try tx.execute(
      """
      INSERT INTO capability_limits (capability_id, timeout_ms, failure_threshold, reset_timeout_ms)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (capability_id) DO UPDATE SET timeout_ms = excluded.timeout_ms,
        failure_threshold = excluded.failure_threshold, reset_timeout_ms = excluded.reset_timeout_ms
      """,
      capabilityID, limits.timeout.wholeMilliseconds, limits.breaker.failureThreshold,
      limits.breaker.resetTimeout.wholeMilliseconds)
  }

  /// Leaves calls up to `time` out of what is judged from now on.
  func judge(_ capabilityID: String, from time: Timestamp, in tx: ServiceTransaction) throws {
    try tx.execute(
      "UPDATE capability_limits SET judged_from = ? WHERE capability_id = ? AND judged_from < ?",
      time.microsecondsSinceEpoch, capabilityID, time.microsecondsSinceEpoch)
  }
}
