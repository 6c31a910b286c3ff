import RuntimeHost

extension FlowRecord {
  /// The flow in a list: without its events.
  var summary: JSONObject {
    [
      "correlation_id": .string(correlationID), "status": .string(status.rawValue),
      "first_event": .string(firstType), "final_event": .string(finalType),
      "started_at": .string(startedAt.description), "ended_at": .string(endedAt.description),
      "duration_ms": .number((endedAt - startedAt) / .milliseconds(1)), "event_count": JSONValue(eventCount),
      "is_slow": .bool(slowAt != nil),
    ]
  }

  /// The flow with its events in causal order, and the path that took longest.
  func answer(with flow: Flow) throws -> JSONValue {
    var answer = summary
    answer["events"] = .array(try flow.events.map { try JSONValue(parsing: $0.envelope) })
    answer["longest_path"] = .array(flow.longestPath?.eventIDs.map { .string($0) } ?? [])
    answer["longest_path_ms"] = .number((flow.longestPath?.duration ?? .zero) / .milliseconds(1))
    return .object(answer)
  }

  private static let summaryFields: Schema.Properties = [
    "correlation_id": .string(), "status": .string(enum: ["open", "completed", "failed"]), "first_event": .string(),
    "final_event": .string(), "started_at": .string(format: .dateTime), "ended_at": .string(format: .dateTime),
    "duration_ms": .number(), "event_count": .integer(), "is_slow": .boolean,
  ]

  static let summarySchema = Schema.object(summaryFields, required: summaryFields.all.map(\.name))

  static let schema: Schema = {
    var fields = summaryFields
    fields.all +=
      Schema.Properties(
        dictionaryLiteral: (
          "events", .array(of: .object(additional: .allowed)).described("Envelopes without payload, in causal order")
        ),
        ("longest_path", .array(of: .string()).described("The ids of the chain of events that ended last")),
        ("longest_path_ms", .number())
      ).all
    return .object(fields, required: fields.all.map(\.name))
  }()
}
