import RuntimeHost

extension Capability {
  /// The descriptor as the API shows it. Of header fields the names are shown alone: their values may be secrets.
  var answer: JSONObject {
    var answer: JSONObject = [
      "capability_id": .string(id), "name": .string(name), "description": .string(description),
    ]
    switch target {
    case .builtin(let name):
      answer["kind"] = "builtin"
      answer["builtin"] = .string(name)
    case .http(let endpoint):
      answer["kind"] = "http"
      answer["url"] = .string(endpoint.url)
      answer["method"] = .string(endpoint.method)
      answer["header_names"] = .array(endpoint.headers.map { .string($0.name) })
    }
    answer["timeout_ms"] = JSONValue(limits.timeoutMs)
    answer["breaker"] = [
      "failure_threshold": JSONValue(limits.failureThreshold), "reset_timeout_ms": JSONValue(limits.resetTimeoutMs),
    ]
    answer["version"] = JSONValue(version)
    answer["created_at"] = .string(createdAt.description)
    answer["updated_at"] = .string(updatedAt.description)
    return answer
  }

  static let breakerSchema = Schema.object([
    "failure_threshold": .integer(
      minimum: Int64(CapabilityLimits.thresholds.lowerBound), maximum: Int64(CapabilityLimits.thresholds.upperBound)
    ).described("Failures in a row that open it; 5 unless set."),
    "reset_timeout_ms": .integer(
      minimum: Int64(CapabilityLimits.resetTimeouts.lowerBound),
      maximum: Int64(CapabilityLimits.resetTimeouts.upperBound)
    ).described("How long it rejects calls before one probes, in milliseconds; 60000 unless set."),
  ])

  static let schema = Schema.object(
    [
      "capability_id": .string(), "name": .string(), "description": .string(),
      "kind": .string(enum: ["builtin", "http"]), "builtin": .string(), "url": .string(format: .uri),
      "method": .string(), "header_names": .array(of: .string()), "timeout_ms": .integer(minimum: 1),
      "breaker": breakerSchema, "version": .integer(minimum: 1), "created_at": .string(format: .dateTime),
      "updated_at": .string(format: .dateTime), "health": .ref("CapabilityHealth"), "correlation_id": .string(),
    ],
    required: [
      "capability_id", "name", "description", "kind", "timeout_ms", "breaker", "version", "created_at", "updated_at",
    ])

  private static let nameSchema = Schema.string(format: .withoutNul, minLength: 1, maxLength: 200)
    .described("Unique.")
  private static let methodSchema = Schema.string(enum: HTTPEndpoint.methods).described("POST unless set.")
  private static let headersSchema = Schema.object(additional: .of(.string(maxLength: 4_096))).described(
    "Sent with every call; never shown again.")
  private static let timeoutSchema = Schema.integer(minimum: 1).described("30000 unless set.")
  private static let urlSchema = Schema.string(format: .uri, minLength: 1, maxLength: 2_048)

  static let newSchema = Schema.object(
    [
      "name": nameSchema, "kind": .string(enum: ["builtin", "http"]),
      "builtin": .string(enum: Builtin.all.map(\.name)), "url": urlSchema, "method": methodSchema,
      "headers": headersSchema, "timeout_ms": timeoutSchema, "breaker": breakerSchema,
      "description": .string(format: .withoutNul, maxLength: 2_000),
    ], required: ["name", "kind"])

  static let changesSchema = Schema.object([
    "name": nameSchema, "url": urlSchema, "method": methodSchema, "headers": headersSchema,
    "timeout_ms": timeoutSchema, "breaker": breakerSchema,
    "description": .string(format: .withoutNul, maxLength: 2_000),
  ])
}
