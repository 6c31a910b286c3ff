// Generated from schemas/analytics.alert.resolved.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// An alert was resolved.
///
/// Published once, when the cause of an open alert is gone.
///
/// The payload of `analytics.alert.resolved`, version 1.0. Events of one `alert_id` keep their order.
public struct AnalyticsAlertResolved: EventPayload, Hashable, Sendable {
  /// The alert's id, as it was raised.
  public var alertID: String
  /// What it warned of.
  public var alertType: String
  /// What it was about.
  public var subject: String
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(alertID: String, alertType: String, subject: String, unknownFields: UnknownFields = UnknownFields()) {
    self.alertID = alertID
    self.alertType = alertType
    self.subject = subject
    self.unknownFields = unknownFields
  }
}

extension AnalyticsAlertResolved {
  public static let eventType: EventType = "analytics.alert.resolved"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { alertID }
}

extension AnalyticsAlertResolved {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var alertID: String?
    var alertType: String?
    var subject: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "alert_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        alertID = value
      case "alert_type":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        alertType = value
      case "subject":
        subject = try reader.readString()
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let alertID else { throw JSONError.missingField("alert_id", at: start) }
    guard let alertType else { throw JSONError.missingField("alert_type", at: start) }
    guard let subject else { throw JSONError.missingField("subject", at: start) }
    self.alertID = alertID
    self.alertType = alertType
    self.subject = subject
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("alert_id" as StaticString)
    writer.write(alertID)
    writer.key("alert_type" as StaticString)
    writer.write(alertType)
    writer.key("subject" as StaticString)
    writer.write(subject)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension AnalyticsAlertResolved {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"analytics.alert.resolved","title":"An alert was resolved","description":"Published once, when the cause of an open alert is gone.","x-version":"1.0","x-aggregate":"alert_id","type":"object","required":["alert_id","alert_type","subject"],"properties":{"alert_id":{"type":"string","minLength":1,"description":"The alert's id, as it was raised."},"alert_type":{"type":"string","minLength":1,"description":"What it warned of."},"subject":{"type":"string","description":"What it was about."}}}"#
}
