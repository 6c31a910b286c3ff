import RuntimeHost

/// The capabilities.
struct CapabilityStore: Sendable {
  private static let columns = """
    capability_id, name, description, builtin, url, method, headers, timeout_ms, failure_threshold, reset_timeout_ms,
    version, created_at, updated_at, id
    """

  func find(_ id: String, in tx: Transaction) throws -> Capability? {
    try tx.first("SELECT \(Self.columns) FROM capabilities WHERE capability_id = ?", id) { try Capability($0) }
  }

  func find(name: String, in tx: Transaction) throws -> Capability? {
    try tx.first("SELECT \(Self.columns) FROM capabilities WHERE name = ?", name) { try Capability($0) }
  }

  /// Capabilities, oldest first, each with the row to go on behind.
  func list(after rowID: Int64?, limit: Int, in tx: Transaction) throws -> [(Capability, Int64)] {
    try tx.query(
      "SELECT \(Self.columns) FROM capabilities WHERE id > ? ORDER BY id LIMIT ?", rowID ?? 0, limit
    ) { (try Capability($0), try $0.int64(13)) }
  }

  func insert(_ capability: Capability, in tx: ServiceTransaction) throws {
    let (builtin, endpoint) = capability.target.parts
    try tx.execute(
      """
      INSERT INTO capabilities (capability_id, name, description, builtin, url, method, headers, timeout_ms,
                                failure_threshold, reset_timeout_ms, version, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      capability.id, capability.name, capability.description, builtin, endpoint?.url, endpoint?.method,
      endpoint?.storedHeaders, capability.limits.timeoutMs, capability.limits.failureThreshold,
      capability.limits.resetTimeoutMs, capability.version, capability.createdAt.microsecondsSinceEpoch,
      capability.updatedAt.microsecondsSinceEpoch)
  }

  /// Writes a changed capability under its next version.
  func update(_ capability: inout Capability, in tx: ServiceTransaction) throws {
    capability.version += 1
    capability.updatedAt = tx.now
    let (builtin, endpoint) = capability.target.parts
    try tx.execute(
      """
      UPDATE capabilities SET name = ?, description = ?, builtin = ?, url = ?, method = ?, headers = ?, timeout_ms = ?,
        failure_threshold = ?, reset_timeout_ms = ?, version = ?, updated_at = ?
      WHERE capability_id = ?
      """,
      capability.name, capability.description, builtin, endpoint?.url, endpoint?.method, endpoint?.storedHeaders,
      capability.limits.timeoutMs, capability.limits.failureThreshold, capability.limits.resetTimeoutMs,
      capability.version, capability.updatedAt.microsecondsSinceEpoch, capability.id)
  }
}

extension Capability {
  fileprivate init(_ row: Row) throws {
    let target: Target
    if let builtin = try row.optionalString(3) {
      target = .builtin(builtin)
    } else {
      target = .http(
        HTTPEndpoint(
          url: try row.string(4), method: try row.string(5),
          headers: try HTTPEndpoint.headers(stored: try row.optionalString(6))))
    }
    self.init(
      id: try row.string(0), name: try row.string(1), description: try row.string(2), target: target,
      limits: CapabilityLimits(
        timeoutMs: try row.int(7), failureThreshold: try row.int(8), resetTimeoutMs: try row.int(9)),
      version: try row.int(10), createdAt: Timestamp(microsecondsSinceEpoch: try row.int64(11)),
      updatedAt: Timestamp(microsecondsSinceEpoch: try row.int64(12)))
  }
}

extension Capability.Target {
  fileprivate var parts: (builtin: String?, endpoint: HTTPEndpoint?) {
    switch self {
    case .builtin(let name): (name, nil)
    case .http(let endpoint): (nil, endpoint)
    }
  }
}

extension HTTPEndpoint {
  /// As a JSON object, in order.
  fileprivate var storedHeaders: String? {
    headers.isEmpty ? nil : JSONValue.object(JSONObject(headers.map { ($0.name, .string($0.value)) })).text
  }

  fileprivate static func headers(stored text: String?) throws -> [HTTPClientField] {
    guard let text, let object = try JSONValue(parsing: text).objectValue else { return [] }
    return object.map { HTTPClientField($0.key, $0.value.stringValue ?? "") }
  }
}
