import RuntimeHost

/// An agent: somebody's program that has capabilities executed.
struct Agent: Sendable, Equatable {
  let id: String
  var name: String
  /// The ids of the capabilities that it may use; empty for every one.
  var capabilities: [String]
  /// Whose agent it is.
  var userID: String?
  let createdAt: Timestamp
  var updatedAt: Timestamp

  func mayUse(_ capabilityID: String) -> Bool { capabilities.isEmpty || capabilities.contains(capabilityID) }
}
