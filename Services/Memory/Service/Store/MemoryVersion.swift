import RuntimeHost

/// One entry of a memory's history.
struct MemoryVersion: Sendable {
  enum Change: String, Sendable {
    case created, updated, deleted
  }

  var version: Int
  var change: Change
  /// Nil where the text was erased: the memory was deleted later, or by this very version.
  var content: String?
  /// Nil where they were erased with the text.
  var filters: JSONObject?
  /// When the version was made.
  var madeAt: Timestamp

  func json(memoryID: String) -> JSONValue {
    .object([
      "memory_id": .string(memoryID),
      "version": JSONValue(version),
      "change": .string(change.rawValue),
      "content": content.map(JSONValue.string) ?? .null,
      "filters": filters.map(JSONValue.object) ?? .null,
      "updated_at": .string(madeAt.description),
    ])
  }
}
