import RuntimeHost

/// Proposals, and the patterns that they answer.
struct ProposalStore: Sendable {
  private static let columns = """
    proposal_id, pattern_id, capability_id, proposal_type, description, changes, status, score, evidence,
    implementation_id, decided_by, created_at, updated_at, id
    """

  func insert(_ pattern: FailurePattern, id: String, of capabilityID: String, in tx: ServiceTransaction) throws {
    try tx.execute(
      "INSERT INTO patterns (pattern_id, capability_id, confidence, data_points, detected_at) VALUES (?, ?, ?, ?, ?)",
      id, capabilityID, pattern.confidence, JSONValue(pattern.dataPoints).text, tx.now.microsecondsSinceEpoch)
  }

  func insert(_ proposal: Proposal, in tx: ServiceTransaction) throws {
    try tx.execute(
      """
      INSERT INTO proposals (proposal_id, pattern_id, capability_id, proposal_type, description, changes, status, score,
                             evidence, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      proposal.id, proposal.patternID, proposal.capabilityID, proposal.kind, proposal.description,
      JSONValue.object(proposal.changes).text, proposal.status.rawValue, proposal.score,
      JSONValue.object(proposal.evidence).text, proposal.createdAt.microsecondsSinceEpoch,
      proposal.updatedAt.microsecondsSinceEpoch)
  }

  /// Whether a proposal for the capability waits for a person or is being put in force.
  func hasUndecided(for capabilityID: String, in tx: Transaction) throws -> Bool {
    try tx.first(
      "SELECT 1 FROM proposals WHERE capability_id = ? AND status IN ('validated', 'implementing')", capabilityID,
      map: { try $0.int(0) }) != nil
  }

  func find(_ id: String, in tx: Transaction) throws -> Proposal? {
    try tx.first("SELECT \(Self.columns) FROM proposals WHERE proposal_id = ?", id) { try Proposal($0) }
  }

  func find(implementation id: String, in tx: Transaction) throws -> Proposal? {
    try tx.first("SELECT \(Self.columns) FROM proposals WHERE implementation_id = ?", id) { try Proposal($0) }
  }

  /// Proposals, newest first, each with the row to go on behind.
  func list(before rowID: Int64?, status: String?, limit: Int, in tx: Transaction) throws -> [(Proposal, Int64)] {
    try tx.query(
      """
      SELECT \(Self.columns) FROM proposals
      WHERE id < ? AND status = coalesce(?, status) ORDER BY id DESC LIMIT ?
      """, rowID ?? Int64.max, status, limit
    ) { (try Proposal($0), try $0.int64(13)) }
  }

  /// Moves a proposal on.
  /// - Returns: Whether it was in `from`.
  func move(
    _ id: String, from: Proposal.Status, to: Proposal.Status, implementationID: String? = nil, by person: String? = nil,
    in tx: ServiceTransaction
  ) throws -> Bool {
    try tx.execute(
      """
      UPDATE proposals SET status = ?, implementation_id = coalesce(?, implementation_id),
        decided_by = coalesce(?, decided_by), updated_at = ?
      WHERE proposal_id = ? AND status = ?
      """, to.rawValue, implementationID, person, tx.now.microsecondsSinceEpoch, id, from.rawValue) == 1
  }
}

extension Proposal {
  init(_ row: Row) throws {
    func object(_ column: Int) throws -> JSONObject {
      try JSONValue(parsing: try row.string(column)).objectValue ?? [:]
    }
    self.init(
      id: try row.string(0), patternID: try row.string(1), capabilityID: try row.string(2), kind: try row.string(3),
      description: try row.string(4), changes: try object(5),
      status: Status(rawValue: try row.string(6)) ?? .invalid, score: try row.double(7), evidence: try object(8),
      implementationID: try row.optionalString(9), decidedBy: try row.optionalString(10),
      createdAt: Timestamp(microsecondsSinceEpoch: try row.int64(11)),
      updatedAt: Timestamp(microsecondsSinceEpoch: try row.int64(12)))
  }
}

extension FailurePattern {
  /// The calls as the event and the table hold them.
  var dataPoints: [JSONValue] {
    calls.map { call in
      .object([
        "execution_id": .string(call.executionID), "at": .string(call.at.description),
        "duration_ms": .integer(call.duration.wholeMilliseconds),
        "error_kind": call.errorKind.map { .string($0) } ?? .null,
      ])
    }
  }
}
