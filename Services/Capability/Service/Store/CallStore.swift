import RuntimeHost

/// The newest calls of each capability.
struct CallStore: Sendable {
  /// Calls kept of each capability.
  static let kept = 200

  func contains(_ executionID: String, in tx: Transaction) throws -> Bool {
    try tx.first("SELECT 1 FROM capability_calls WHERE execution_id = ?", executionID) { try $0.int(0) } != nil
  }

  /// Notes how a call ended. A second note of the same execution is ignored.
  func add(
    executionID: String, capabilityID: String, durationMs: Int, errorKind: String?, in tx: ServiceTransaction
  ) throws {
    try tx.execute(
      """
      INSERT INTO capability_calls (execution_id, capability_id, ended_at, duration_ms, error_kind)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT (execution_id) DO NOTHING
      """, executionID, capabilityID, tx.now.microsecondsSinceEpoch, durationMs, errorKind)
    try tx.execute(
      """
      DELETE FROM capability_calls WHERE capability_id = ? AND id <= (
        SELECT id FROM capability_calls WHERE capability_id = ? ORDER BY id DESC LIMIT 1 OFFSET \(Self.kept))
      """, capabilityID, capabilityID)
  }

  /// What the newest calls say of a capability.
  func health(of capabilityID: String, in tx: Transaction) throws -> CapabilityHealth {
    let calls = try tx.query(
      "SELECT duration_ms, error_kind FROM capability_calls WHERE capability_id = ? ORDER BY id DESC", capabilityID
    ) { (duration: try $0.int(0), errorKind: try $0.optionalString(1)) }
    return CapabilityHealth(
      calls: calls.count, failures: calls.count { $0.errorKind != nil },
      lastErrorKind: calls.lazy.compactMap(\.errorKind).first,
      medianDurationMs: calls.isEmpty ? nil : calls.map(\.duration).sorted()[calls.count / 2])
  }
}
