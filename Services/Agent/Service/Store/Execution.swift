import RuntimeHost

/// One execution of a capability for an agent.
struct Execution: Sendable, Equatable {
  enum Status: String, Sendable, CaseIterable {
    /// It was asked for and has not ended.
    case started
    case completed
    case failed
  }

  let id: String
  let agentID: String
  let capabilityID: String
  var status = Status.started
  /// What the capability is given; nil when nothing was named.
  var input: JSONValue?
  var result: JSONValue?
  var error: String?
  var errorKind: String?
  var durationMs: Int?
  /// The flow that it began.
  let correlationID: String
  /// Its caller's name for it.
  var idempotencyKey: String?
  let startedAt: Timestamp
  var endedAt: Timestamp?
}
