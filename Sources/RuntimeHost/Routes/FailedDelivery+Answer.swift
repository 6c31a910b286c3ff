import Foundation

extension FailedDelivery {
  private var fields: JSONObject {
    [
      "failed_delivery_id": .string(id), "service": .string(service), "handler": .string(handler),
      "status": .string(status.rawValue), "event_id": eventID.map { .string($0) } ?? .null,
      "event_type": eventType.map { .string($0) } ?? .null,
      "correlation_id": correlationID.map { .string($0) } ?? .null,
      "key": key.map { .string($0) } ?? .null, "error": .string(error), "attempts": JSONValue(attempts),
      "first_failed_at": .string(firstFailedAt.description), "last_failed_at": .string(lastFailedAt.description),
      "next_attempt_at": nextAttemptAt.map { .string($0.description) } ?? .null, "is_edited": .bool(isEdited),
    ]
  }

  /// The delivery in a list.
  var summary: JSONValue { .object(fields) }

  /// The delivery with its bytes, as text where they are UTF-8 and in base64 always, and with what was done with it.
  func detail(_ acts: [FailedDeliveryAct]) -> JSONValue {
    var fields = fields
    fields["topic"] = .string(topic)
    fields["partition"] = .integer(Int64(partition))
    fields["offset"] = .integer(offset)
    fields["value"] = String(validating: value, as: UTF8.self).map { .string($0) } ?? .null
    fields["value_base64"] = .string(Data(value).base64EncodedString())
    fields["history"] = .array(
      acts.map { act in
        .object([
          "act": .string(act.kind.rawValue), "actor": .string(act.actor),
          "reason": act.reason.map { .string($0) } ?? .null, "at": .string(act.at.description),
        ])
      })
    return .object(fields)
  }

  static let schema: Schema = {
    let fields: Schema.Properties = [
      "failed_delivery_id": .string(), "service": .string(), "handler": .string(),
      "status": .string(enum: Status.allCases.map(\.rawValue)), "event_id": .nullable(.string()),
      "event_type": .nullable(.string()), "correlation_id": .nullable(.string()), "key": .nullable(.string()),
      "error": .string(), "attempts": .integer(), "first_failed_at": .string(format: .dateTime),
      "last_failed_at": .string(format: .dateTime), "next_attempt_at": .nullable(.string(format: .dateTime)),
      "is_edited": .boolean,
    ]
    return .object(fields, required: fields.all.map(\.name))
  }()
}
