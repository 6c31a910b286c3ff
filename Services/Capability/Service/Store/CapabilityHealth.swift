import RuntimeHost

/// What a capability's newest calls say of it.
struct CapabilityHealth: Sendable, Equatable {
  /// Calls that were looked at.
  let calls: Int
  let failures: Int
  /// The kind of the newest failure among them.
  let lastErrorKind: String?
  /// Nil without calls.
  let medianDurationMs: Int?

  static let schema = Schema.object(
    [
      "circuit": .string(enum: Circuit.State.allCases.map(\.rawValue)), "recent_calls": .integer(minimum: 0),
      "recent_failures": .integer(minimum: 0), "last_error_kind": .nullable(.string()),
      "median_duration_ms": .nullable(.integer(minimum: 0)),
    ], required: ["circuit", "recent_calls", "recent_failures", "last_error_kind", "median_duration_ms"])

  func answer(circuit: Circuit.State) -> JSONValue {
    [
      "circuit": .string(circuit.rawValue), "recent_calls": JSONValue(calls), "recent_failures": JSONValue(failures),
      "last_error_kind": lastErrorKind.map { .string($0) } ?? .null,
      "median_duration_ms": medianDurationMs.map { JSONValue($0) } ?? .null,
    ]
  }
}
