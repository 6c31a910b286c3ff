import RuntimeHost

/// A change that was proposed, and what became of it.
struct Proposal: Sendable, Equatable {
  enum Status: String, Sendable, CaseIterable {
    /// It did well on the recorded calls and waits for a person.
    case validated
    /// It would not have helped; kept as a record.
    case invalid
    /// A person approved it, and the capability service has yet to say that it is in force.
    case implementing
    case implemented
    /// A person turned it down.
    case rejected
  }

  var id: String
  var patternID: String
  var capabilityID: String
  var kind: String
  var description: String
  var changes: JSONObject
  var status: Status
  var score: Double
  var evidence: JSONObject
  var implementationID: String?
  var decidedBy: String?
  var createdAt: Timestamp
  var updatedAt: Timestamp
}
