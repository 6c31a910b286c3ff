import RuntimeHost

extension Execution {
  /// The execution as the API shows it.
  var answer: JSONObject {
    [
      "execution_id": .string(id), "agent_id": .string(agentID), "capability_id": .string(capabilityID),
      "status": .string(status.rawValue), "input": input ?? .null, "result": result ?? .null,
      "error": error.map { .string($0) } ?? .null, "error_kind": errorKind.map { .string($0) } ?? .null,
      "duration_ms": durationMs.map { JSONValue($0) } ?? .null, "correlation_id": .string(correlationID),
      "started_at": .string(startedAt.description), "ended_at": endedAt.map { .string($0.description) } ?? .null,
    ]
  }

  static let schema = Schema.object(
    [
      "execution_id": .string(), "agent_id": .string(), "capability_id": .string(),
      "status": .string(enum: Status.allCases.map(\.rawValue)), "input": .any, "result": .any,
      "error": .nullable(.string()), "error_kind": .nullable(.string()),
      "duration_ms": .nullable(.integer(minimum: 0)), "correlation_id": .string(),
      "started_at": .string(format: .dateTime), "ended_at": .nullable(.string(format: .dateTime)),
    ],
    required: [
      "execution_id", "agent_id", "capability_id", "status", "input", "result", "error", "error_kind", "duration_ms",
      "correlation_id", "started_at", "ended_at",
    ])
}
