// Generated from schemas/delivery.resolved.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A failed delivery was put right.
///
/// Published once for each failed delivery that no longer waits.
///
/// The payload of `delivery.resolved`, version 1.0. Events of one `failed_delivery_id` keep their order.
public struct DeliveryResolved: EventPayload, Hashable, Sendable {
  /// The failed delivery's id.
  public var failedDeliveryID: String
  /// The handler, as `service/name`.
  public var handler: String
  /// The id of the event.
  public var eventID: String
  /// What was done: handled by a retry, handled with an edited payload, or discarded.
  public var resolution: Resolution
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    failedDeliveryID: String, handler: String, eventID: String, resolution: Resolution,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.failedDeliveryID = failedDeliveryID
    self.handler = handler
    self.eventID = eventID
    self.resolution = resolution
    self.unknownFields = unknownFields
  }

  /// What was done: handled by a retry, handled with an edited payload, or discarded.
  ///
  /// A value that this version of the schema does not name is kept as it is.
  public struct Resolution: RawRepresentable, ExpressibleByStringLiteral, JSONCodable, Hashable, Sendable {
    /// The spelling in JSON.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.rawValue = value }
    public init(from reader: inout JSONReader) throws(JSONError) { rawValue = try reader.readString() }
    public func write(to writer: inout JSONWriter) { writer.write(rawValue) }

    public static let retried = Resolution(rawValue: "retried")
    public static let edited = Resolution(rawValue: "edited")
    public static let discarded = Resolution(rawValue: "discarded")
    /// The values that the schema names.
    public static let known: [Resolution] = [.retried, .edited, .discarded]
  }
}

extension DeliveryResolved {
  public static let eventType: EventType = "delivery.resolved"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { failedDeliveryID }
}

extension DeliveryResolved {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var failedDeliveryID: String?
    var handler: String?
    var eventID: String?
    var resolution: Resolution?
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
      case "resolution":
        resolution = try Resolution(from: &reader)
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let failedDeliveryID else { throw JSONError.missingField("failed_delivery_id", at: start) }
    guard let handler else { throw JSONError.missingField("handler", at: start) }
    guard let eventID else { throw JSONError.missingField("event_id", at: start) }
    guard let resolution else { throw JSONError.missingField("resolution", at: start) }
    self.failedDeliveryID = failedDeliveryID
    self.handler = handler
    self.eventID = eventID
    self.resolution = resolution
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
    writer.key("resolution" as StaticString)
    resolution.write(to: &writer)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension DeliveryResolved {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"delivery.resolved","title":"A failed delivery was put right","description":"Published once for each failed delivery that no longer waits.","x-version":"1.0","x-aggregate":"failed_delivery_id","type":"object","required":["failed_delivery_id","handler","event_id","resolution"],"properties":{"failed_delivery_id":{"type":"string","minLength":1,"description":"The failed delivery's id."},"handler":{"type":"string","minLength":1,"description":"The handler, as `service/name`."},"event_id":{"type":"string","minLength":1,"description":"The id of the event."},"resolution":{"type":"string","enum":["retried","edited","discarded"],"description":"What was done: handled by a retry, handled with an edited payload, or discarded."}}}"#
}
