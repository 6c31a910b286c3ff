import RuntimeHost

extension Proposal {
  /// The proposal as the API shows it.
  var answer: JSONValue {
    .object([
      "proposal_id": .string(id), "proposal_type": .string(kind), "description": .string(description),
      "status": .string(status.rawValue), "capability_id": .string(capabilityID), "pattern_id": .string(patternID),
      "changes": .object(changes), "score": .number(score), "evidence": .object(evidence),
      "implementation_id": implementationID.map { .string($0) } ?? .null,
      "decided_by": decidedBy.map { .string($0) } ?? .null, "created_at": .string(createdAt.description),
      "updated_at": .string(updatedAt.description),
    ])
  }

  static let schema: Schema = {
    let fields: Schema.Properties = [
      "proposal_id": .string(), "proposal_type": .string(), "description": .string(),
      "status": .string(enum: Status.allCases.map(\.rawValue)), "capability_id": .string(), "pattern_id": .string(),
      "changes": .object(additional: .allowed), "score": .number(minimum: -1, maximum: 1),
      "evidence": .object(additional: .allowed), "implementation_id": .nullable(.string()),
      "decided_by": .nullable(.string()), "created_at": .string(format: .dateTime),
      "updated_at": .string(format: .dateTime),
    ]
    return .object(fields, required: fields.all.map(\.name))
  }()
}
