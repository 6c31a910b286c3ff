import RuntimeHost

/// What a caller wants changed in a memory, checked. A field that is nil stays as it is.
struct MemoryChange: Sendable {
  var content: String?
  /// The new labels; they replace the old ones as a whole.
  var filters: JSONObject?

  /// Reads a body that has passed ``MemorySchemas/memoryChange``.
  /// - Throws: a 422 when it changes nothing or breaks a limit that the schema cannot express.
  init(_ body: JSONValue) throws(Problem) {
    self.init(content: body["content"]?.stringValue, filters: body["filters"]?.objectValue)
    guard content != nil || filters != nil else {
      throw .invalid([
        Violation(pointer: "", keyword: "minProperties", message: "It must have content, filters or both.")
      ])
    }
    let violations =
      (content.map(MemoryLimits.violations(content:)) ?? []) + (filters.map(MemoryLimits.violations(filters:)) ?? [])
    guard violations.isEmpty else { throw .invalid(violations) }
  }

  init(content: String? = nil, filters: JSONObject? = nil) {
    self.content = content
    self.filters = filters
  }
}
