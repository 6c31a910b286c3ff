import RuntimeHost

/// The agents.
struct AgentStore: Sendable {
  private static let columns = "agent_id, name, capabilities, user_id, created_at, updated_at, id"

  func find(_ id: String, in tx: Transaction) throws -> Agent? {
    try tx.first("SELECT \(Self.columns) FROM agents WHERE agent_id = ?", id) { try Agent($0) }
  }

  /// Agents, oldest first, each with the row to go on behind.
  func list(after rowID: Int64?, limit: Int, in tx: Transaction) throws -> [(Agent, Int64)] {
    try tx.query("SELECT \(Self.columns) FROM agents WHERE id > ? ORDER BY id LIMIT ?", rowID ?? 0, limit) {
      (try Agent($0), try $0.int64(6))
    }
  }

  func insert(_ agent: Agent, in tx: ServiceTransaction) throws {
    try tx.execute(
      "INSERT INTO agents (agent_id, name, capabilities, user_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
      agent.id, agent.name, agent.storedCapabilities, agent.userID, agent.createdAt.microsecondsSinceEpoch,
      agent.updatedAt.microsecondsSinceEpoch)
  }

  func update(_ agent: Agent, in tx: ServiceTransaction) throws {
    try tx.execute(
      "UPDATE agents SET name = ?, capabilities = ?, user_id = ?, updated_at = ? WHERE agent_id = ?",
      agent.name, agent.storedCapabilities, agent.userID, agent.updatedAt.microsecondsSinceEpoch, agent.id)
  }
}

extension Agent {
  fileprivate init(_ row: Row) throws {
    let capabilities = try JSONValue(parsing: try row.string(2)).arrayValue ?? []
    self.init(
      id: try row.string(0), name: try row.string(1), capabilities: capabilities.compactMap(\.stringValue),
      userID: try row.optionalString(3), createdAt: Timestamp(microsecondsSinceEpoch: try row.int64(4)),
      updatedAt: Timestamp(microsecondsSinceEpoch: try row.int64(5)))
  }

  fileprivate var storedCapabilities: String {
    JSONValue.array(capabilities.map { JSONValue.string($0) }).text
  }
}
