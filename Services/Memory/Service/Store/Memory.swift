import RuntimeHost

/// A memory as it stands: its newest version.
struct Memory: Sendable {
  /// Its place in the order of creation; never shown outside but inside cursors.
  var rowID: Int64
  /// `mem_` and a UUID.
  var id: String
  /// 1 at first, one more at each change.
  var version: Int
  /// The version that brought the text as it stands: a change of the labels alone leaves it.
  var contentVersion: Int
  /// The text, byte for byte as the caller gave it.
  var content: String
  var userID: String?
  var agentID: String?
  /// The caller's own labels.
  var filters: JSONObject
  var createdAt: Timestamp
  /// When the version was made; the time of creation for the first.
  var updatedAt: Timestamp
}

extension Memory {
  /// The memory as the API answers it.
  var json: JSONObject {
    [
      "memory_id": .string(id),
      "version": JSONValue(version),
      "content": .string(content),
      "user_id": userID.map(JSONValue.string) ?? .null,
      "agent_id": agentID.map(JSONValue.string) ?? .null,
      "filters": .object(filters),
      "created_at": .string(createdAt.description),
      "updated_at": .string(updatedAt.description),
    ]
  }

  /// The memory as a write answers it: with the id by which what follows from the write can be found.
  func json(correlationID: String) -> JSONObject {
    var object = json
    object["correlation_id"] = .string(correlationID)
    return object
  }

  /// The entity tag of this version, for `ETag` and `If-Match`.
  var entityTag: String { "\"\(version)\"" }
}
