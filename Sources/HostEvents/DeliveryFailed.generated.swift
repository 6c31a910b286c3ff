// Generated from schemas/delivery.failed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A handler gave up on an event for now.
///
/// Published when a delivery is put aside to be tried again later, and when it is given up as dead.
///
/// The payload of `delivery.failed`, version 1.0. Events of one `failed_delivery_id` keep their order.
public struct DeliveryFailed: EventPayload, Hashable, Sendable {
  /// The failed delivery's id.
  public var failedDeliveryID: String
  /// The handler, as `service/name`.
  public var handler: String
  /// The id of the event that could not be handled.
  public var eventID: String
  /// The event's type, when its bytes were an event.
  public var eventType: String?
  /// How often it was tried, the first time included.
  public var attempts: Int
  /// The last error, in one line for people.
  public var error: String
  /// `waiting` for a later attempt, or `dead`.
  public var status: String
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    failedDeliveryID: String, handler: String, eventID: String, eventType: String? = nil, attempts: Int, error: String,
    status: String, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.failedDeliveryID = failedDeliveryID
    self.handler = handler
    self.eventID = eventID
    self.eventType = eventType
    self.attempts = attempts
    self.error = error
    self.status = status
    self.unknownFields = unknownFields
  }
}

extension DeliveryFailed {
  public static let eventType: EventType = "delivery.failed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { failedDeliveryID }
}

extension DeliveryFailed {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var failedDeliveryID: String?
    var handler: String?
    var eventID: String?
    var eventType: String?
    var attempts: Int?
    var error: String?
    var status: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "failed_delivery_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        failedDeliveryID = value
      case "handler":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        handler = value
      case "event_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        eventID = value
      case "event_type":
        if try !reader.readIfNull() { eventType = try reader.readString() }
      case "attempts":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 0 else {
          throw JSONError.constraint("minimum", "must be at least 0", at: place)
        }
        attempts = value
      case "error":
        error = try reader.readString()
      case "status":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        status = value
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let failedDeliveryID else { throw JSONError.missingField("failed_delivery_id", at: start) }
    guard let handler else { throw JSONError.missingField("handler", at: start) }
    guard let eventID else { throw JSONError.missingField("event_id", at: start) }
    guard let attempts else { throw JSONError.missingField("attempts", at: start) }
    guard let error else { throw JSONError.missingField("error", at: start) }
    guard let status else { throw JSONError.missingField("status", at: start) }
    self.failedDeliveryID = failedDeliveryID
    self.handler = handler
    self.eventID = eventID
    self.eventType = eventType
    self.attempts = attempts
    self.error = error
    self.status = status
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("failed_delivery_id" as StaticString)
    writer.write(failedDeliveryID)
    writer.key("handler" as StaticString)
    writer.write(handler)
    writer.key("event_id" as StaticString)
    writer.write(eventID)
    if let eventType {
      writer.key("event_type" as StaticString)
      writer.write(eventType)
    }
    writer.key("attempts" as StaticString)
    writer.write(attempts)
    writer.key("error" as StaticString)
    writer.write(error)
    writer.key("status" as StaticString)
    writer.write(status)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension DeliveryFailed {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"delivery.failed","title":"A handler gave up on an event for now","description":"Published when a delivery is put aside to be tried again later, and when it is given up as dead.","x-version":"1.0","x-aggregate":"failed_delivery_id","type":"object","required":["failed_delivery_id","handler","event_id","attempts","error","status"],"properties":{"failed_delivery_id":{"type":"string","minLength":1,"description":"The failed delivery's id."},"handler":{"type":"string","minLength":1,"description":"The handler, as `service/name`."},"event_id":{"type":"string","minLength":1,"description":"The id of the event that could not be handled."},"event_type":{"type":"string","description":"The event's type, when its bytes were an event."},"attempts":{"type":"integer","minimum":0,"description":"How often it was tried, the first time included."},"error":{"type":"string","description":"The last error, in one line for people."},"status":{"type":"string","minLength":1,"description":"`waiting` for a later attempt, or `dead`."}}}"#
}
