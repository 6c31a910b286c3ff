import RuntimeHost

/// A condition that was noticed, from its opening to its resolution.
struct Alert: Sendable, Equatable {
  var id: String
  var kind: String
  var subject: String
  var severity: String
  var details: JSONObject
  var openedAt: Timestamp
  /// When the condition held last.
  var heldAt: Timestamp
  /// When people were told of it last.
  var announcedAt: Timestamp
  var announcements: Int
  var resolvedAt: Timestamp?
}
