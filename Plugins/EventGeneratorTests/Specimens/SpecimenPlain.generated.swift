// Generated from schemas/specimen.plain.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// The payload of `specimen.plain`, version 1.0. Events of one `id` keep their order.
public struct SpecimenPlain: EventPayload, Hashable, Sendable {
  public var id: String
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(id: String, unknownFields: UnknownFields = UnknownFields()) {
    self.id = id
    self.unknownFields = unknownFields
  }
}

extension SpecimenPlain {
  public static let eventType: EventType = "specimen.plain"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { id }
}

extension SpecimenPlain {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var id: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "id":
        id = try reader.readString()
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let id else { throw JSONError.missingField("id", at: start) }
    self.id = id
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id" as StaticString)
    writer.write(id)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension SpecimenPlain {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"specimen.plain","x-version":"1.0","x-aggregate":"id","type":"object","required":["id"],"properties":{"id":{"type":"string"}}}"#
}
