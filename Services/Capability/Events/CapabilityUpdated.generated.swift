// Generated from schemas/capability.updated.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A capability's descriptor was changed.
///
/// Published once for each change.
///
/// The payload of `capability.updated`, version 1.0. Events of one `capability_id` keep their order.
public struct CapabilityUpdated: EventPayload, Hashable, Sendable {
  /// The capability's id.
  public var capabilityID: String
  /// The names of the fields that have changed, spelt as in the API.
  public var updatedFields: [String]
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(capabilityID: String, updatedFields: [String], unknownFields: UnknownFields = UnknownFields()) {
    self.capabilityID = capabilityID
    self.updatedFields = updatedFields
    self.unknownFields = unknownFields
  }
}

extension CapabilityUpdated {
  public static let eventType: EventType = "capability.updated"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { capabilityID }
}

extension CapabilityUpdated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var capabilityID: String?
    var updatedFields: [String]?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "capability_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        capabilityID = value
      case "updated_fields":
        updatedFields = try reader.readArray(of: String.self)
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let capabilityID else { throw JSONError.missingField("capability_id", at: start) }
    guard let updatedFields else { throw JSONError.missingField("updated_fields", at: start) }
    self.capabilityID = capabilityID
    self.updatedFields = updatedFields
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("capability_id" as StaticString)
    writer.write(capabilityID)
    writer.key("updated_fields" as StaticString)
    writer.write(updatedFields)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CapabilityUpdated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"capability.updated","title":"A capability's descriptor was changed","description":"Published once for each change.","x-version":"1.0","x-aggregate":"capability_id","type":"object","required":["capability_id","updated_fields"],"properties":{"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"updated_fields":{"type":"array","items":{"type":"string"},"description":"The names of the fields that have changed, spelt as in the API."}}}"#
}
