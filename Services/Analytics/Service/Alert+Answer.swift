import RuntimeHost

extension Alert {
  /// The alert as the API and the webhook show it.
  var answer: JSONValue {
    .object([
      "alert_id": .string(id), "alert_type": .string(kind), "subject": .string(subject),
      "severity": .string(severity), "status": resolvedAt == nil ? "open" : "resolved", "details": .object(details),
      "opened_at": .string(openedAt.description), "announced_at": .string(announcedAt.description),
      "announcements": JSONValue(announcements),
      "resolved_at": resolvedAt.map { .string($0.description) } ?? .null,
    ])
  }

  static let schema = Schema.object(
    [
      "alert_id": .string(), "alert_type": .string(), "subject": .string(), "severity": .string(),
      "status": .string(enum: ["open", "resolved"]), "details": .object(additional: .allowed),
      "opened_at": .string(format: .dateTime), "announced_at": .string(format: .dateTime), "announcements": .integer(),
      "resolved_at": .nullable(.string(format: .dateTime)),
    ],
    required: ["alert_id", "alert_type", "subject", "severity", "status", "details", "opened_at", "resolved_at"])
}
