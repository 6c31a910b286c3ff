import RuntimeHost

/// The executions.
struct ExecutionStore: Sendable {
  /// Which executions a list is of.
  enum Owner: Sendable {
    case agent(String)
    case capability(String)
  }

  private static let columns = """
    execution_id, agent_id, capability_id, state, input, result, error, error_kind, duration_ms, correlation_id,
    idempotency_key, started_at, ended_at, id
    """

  func find(_ id: String, in tx: Transaction) throws -> Execution? {
    try tx.first("SELECT \(Self.columns) FROM executions WHERE execution_id = ?", id) { try Execution($0) }
  }

  func find(agentID: String, idempotencyKey: String, in tx: Transaction) throws -> Execution? {
    try tx.first(
      "SELECT \(Self.columns) FROM executions WHERE agent_id = ? AND idempotency_key = ?", agentID, idempotencyKey
    ) { try Execution($0) }
  }

  /// Executions, newest first, each with the row to go on behind.
  func list(of owner: Owner, before rowID: Int64?, limit: Int, in tx: Transaction) throws -> [(Execution, Int64)] {
    let (column, id) =
      switch owner {
      case .agent(let id): ("agent_id", id)
      case .capability(let id): ("capability_id", id)
      }
    return try tx.query(
      "SELECT \(Self.columns) FROM executions WHERE \(column) = ? AND id < ? ORDER BY id DESC LIMIT ?",
      id, rowID ?? Int64.max, limit
    ) { (try Execution($0), try $0.int64(13)) }
  }

  func insert(_ execution: Execution, in tx: ServiceTransaction) throws {
    try tx.execute(
      """
      INSERT INTO executions (execution_id, agent_id, capability_id, state, input, correlation_id, idempotency_key,
                              started_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      execution.id, execution.agentID, execution.capabilityID, execution.status.rawValue, execution.input?.text,
      execution.correlationID, execution.idempotencyKey, execution.startedAt.microsecondsSinceEpoch)
  }

  /// Writes how an execution ended.
  /// - Returns: Whether it had not ended before.
  func end(_ execution: Execution, in tx: ServiceTransaction) throws -> Bool {
    try tx.execute(
      """
      UPDATE executions SET state = ?, result = ?, error = ?, error_kind = ?, duration_ms = ?, ended_at = ?
      WHERE execution_id = ? AND state = 'started'
      """,
      execution.status.rawValue, execution.result?.text, execution.error, execution.errorKind, execution.durationMs,
      execution.endedAt?.microsecondsSinceEpoch, execution.id) == 1
  }

  /// Forgets executions that ended before that time.
  /// - Returns: How many; less than the limit when none is left.
  func removeEnded(before time: Timestamp, limit: Int, in tx: ServiceTransaction) throws -> Int {
    try tx.execute(
      """
      DELETE FROM executions WHERE id IN (SELECT id FROM executions WHERE ended_at < ? ORDER BY ended_at LIMIT ?)
      """, time.microsecondsSinceEpoch, limit)
  }
}

extension Execution {
  fileprivate init(_ row: Row) throws {
    func document(_ column: Int) throws -> JSONValue? {
      try row.optionalString(column).map { try JSONValue(parsing: $0) }
    }
    self.init(
      id: try row.string(0), agentID: try row.string(1), capabilityID: try row.string(2),
      status: Status(rawValue: try row.string(3)) ?? .failed, input: try document(4), result: try document(5),
      error: try row.optionalString(6), errorKind: try row.optionalString(7), durationMs: try row.optionalInt(8),
      correlationID: try row.string(9), idempotencyKey: try row.optionalString(10),
      startedAt: Timestamp(microsecondsSinceEpoch: try row.int64(11)),
      endedAt: try row.optionalInt64(12).map { Timestamp(microsecondsSinceEpoch: $0) })
  }
}
