// Generated from schemas/analytics.alert.raised.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// An alert was raised.
///
/// Published when an alert opens and again, at an interval, while it stays open.
///
/// The payload of `analytics.alert.raised`, version 1.0. Events of one `alert_id` keep their order.
public struct AnalyticsAlertRaised: EventPayload, Hashable, Sendable {
  /// The alert's id, the same from its opening until it is resolved.
  public var alertID: String
  /// What it warns of, such as `slow_event_flow` or `event_rate_spike`.
  public var alertType: String
  /// How grave it is: `info`, `warning` or `critical`.
  public var severity: String
  /// What it is about: an event type, a correlation id, a service.
  public var subject: String
  /// The measurements behind it; which ones depends on the alert's type.
  public var details: JSONValue?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    alertID: String, alertType: String, severity: String, subject: String, details: JSONValue? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.alertID = alertID
    self.alertType = alertType
    self.severity = severity
    self.subject = subject
    self.details = details
    self.unknownFields = unknownFields
  }
}

extension AnalyticsAlertRaised {
  public static let eventType: EventType = "analytics.alert.raised"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { alertID }
}

extension AnalyticsAlertRaised {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var alertID: String?
    var alertType: String?
    var severity: String?
    var subject: String?
    var details: JSONValue?
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
      case "severity":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        severity = value
      case "subject":
        subject = try reader.readString()
      case "details":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readValue()
          guard case .object = value else {
            throw JSONError(.typeMismatch, at: place, "expected \(JSONKind.object), found \(value.kind)")
          }
          details = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let alertID else { throw JSONError.missingField("alert_id", at: start) }
    guard let alertType else { throw JSONError.missingField("alert_type", at: start) }
    guard let severity else { throw JSONError.missingField("severity", at: start) }
    guard let subject else { throw JSONError.missingField("subject", at: start) }
    self.alertID = alertID
    self.alertType = alertType
    self.severity = severity
    self.subject = subject
    self.details = details
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("alert_id" as StaticString)
    writer.write(alertID)
    writer.key("alert_type" as StaticString)
    writer.write(alertType)
    writer.key("severity" as StaticString)
    writer.write(severity)
    writer.key("subject" as StaticString)
    writer.write(subject)
    if let details {
      writer.key("details" as StaticString)
      writer.write(details)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension AnalyticsAlertRaised {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"analytics.alert.raised","title":"An alert was raised","description":"Published when an alert opens and again, at an interval, while it stays open.","x-version":"1.0","x-aggregate":"alert_id","type":"object","required":["alert_id","alert_type","severity","subject"],"properties":{"alert_id":{"type":"string","minLength":1,"description":"The alert's id, the same from its opening until it is resolved."},"alert_type":{"type":"string","minLength":1,"description":"What it warns of, such as `slow_event_flow` or `event_rate_spike`."},"severity":{"type":"string","minLength":1,"description":"How grave it is: `info`, `warning` or `critical`."},"subject":{"type":"string","description":"What it is about: an event type, a correlation id, a service."},"details":{"type":"object","description":"The measurements behind it; which ones depends on the alert's type."}}}"#
}
