// Generated from schemas/analytics.flow.completed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A flow of events came to its end.
///
/// A flow is all events with one correlation id.
///
/// The payload of `analytics.flow.completed`, version 1.0. Events of one `correlation_id` keep their order.
public struct AnalyticsFlowCompleted: EventPayload, Hashable, Sendable {
  /// The correlation id that the flow's events share.
  public var correlationID: String
  /// How many events the flow had.
  public var eventCount: Int
  /// From the first event's timestamp to the last one's, in seconds.
  public var durationSeconds: Double
  /// How it ended: `completed` or `failed`.
  public var status: String
  /// The type of the event that ended it.
  public var finalEvent: String
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    correlationID: String, eventCount: Int, durationSeconds: Double, status: String, finalEvent: String,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.correlationID = correlationID
    self.eventCount = eventCount
    self.durationSeconds = durationSeconds
    self.status = status
    self.finalEvent = finalEvent
    self.unknownFields = unknownFields
  }
}

extension AnalyticsFlowCompleted {
  public static let eventType: EventType = "analytics.flow.completed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { correlationID }
}

extension AnalyticsFlowCompleted {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var correlationID: String?
    var eventCount: Int?
    var durationSeconds: Double?
    var status: String?
    var finalEvent: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "correlation_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        correlationID = value
      case "event_count":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 1 else {
          throw JSONError.constraint("minimum", "must be at least 1", at: place)
        }
        eventCount = value
      case "duration_seconds":
        let place = reader.offset
        let value = try reader.readDouble()
        guard value >= 0.0 else {
          throw JSONError.constraint("minimum", "must be at least 0.0", at: place)
        }
        durationSeconds = value
      case "status":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        status = value
      case "final_event":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        finalEvent = value
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let correlationID else { throw JSONError.missingField("correlation_id", at: start) }
    guard let eventCount else { throw JSONError.missingField("event_count", at: start) }
    guard let durationSeconds else { throw JSONError.missingField("duration_seconds", at: start) }
    guard let status else { throw JSONError.missingField("status", at: start) }
    guard let finalEvent else { throw JSONError.missingField("final_event", at: start) }
    self.correlationID = correlationID
    self.eventCount = eventCount
    self.durationSeconds = durationSeconds
    self.status = status
    self.finalEvent = finalEvent
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("correlation_id" as StaticString)
    writer.write(correlationID)
    writer.key("event_count" as StaticString)
    writer.write(eventCount)
    writer.key("duration_seconds" as StaticString)
    writer.write(durationSeconds)
    writer.key("status" as StaticString)
    writer.write(status)
    writer.key("final_event" as StaticString)
    writer.write(finalEvent)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension AnalyticsFlowCompleted {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"analytics.flow.completed","title":"A flow of events came to its end","description":"A flow is all events with one correlation id.","x-version":"1.0","x-aggregate":"correlation_id","type":"object","required":["correlation_id","event_count","duration_seconds","status","final_event"],"properties":{"correlation_id":{"type":"string","minLength":1,"description":"The correlation id that the flow's events share."},"event_count":{"type":"integer","minimum":1,"description":"How many events the flow had."},"duration_seconds":{"type":"number","minimum":0,"description":"From the first event's timestamp to the last one's, in seconds."},"status":{"type":"string","minLength":1,"description":"How it ended: `completed` or `failed`."},"final_event":{"type":"string","minLength":1,"description":"The type of the event that ended it."}}}"#
}
