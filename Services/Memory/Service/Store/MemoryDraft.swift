import RuntimeHost

/// What a caller wants remembered, checked.
struct MemoryDraft: Sendable {
  var content: String
  var userID: String?
  var agentID: String?
  var filters: JSONObject

  /// Reads a body that has passed ``MemorySchemas/newMemory``.
  /// - Throws: a 422 that names the field which breaks a limit that the schema cannot express.
  init(_ body: JSONValue) throws(Problem) {
    guard let content = body["content"]?.stringValue else {
      throw .invalid([Violation(pointer: "/content", keyword: "required", message: "This field is required.")])
    }
    let filters = body["filters"]?.objectValue ?? [:]
    let violations = MemoryLimits.violations(content: content) + MemoryLimits.violations(filters: filters)
    guard violations.isEmpty else { throw .invalid(violations) }
    self.init(
      content: content, userID: body["user_id"]?.stringValue, agentID: body["agent_id"]?.stringValue, filters: filters)
  }

  init(content: String, userID: String? = nil, agentID: String? = nil, filters: JSONObject = [:]) {
    self.content = content
    self.userID = userID
    self.agentID = agentID
    self.filters = filters
  }
}
