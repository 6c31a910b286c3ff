// Generated from schemas/knowledge_graph.entity.confirmed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A second memory is sure of an entity.
///
/// Published when the number of memories that name the entity with a confidence of at least 0.75 reaches two, and again
/// when a confirmed entity gets another type.
///
/// The payload of `knowledge_graph.entity.confirmed`, version 1.0. Events of one `entity_id` keep their order.
public struct KnowledgeGraphEntityConfirmed: EventPayload, Hashable, Sendable {
  /// The entity's id, such as `ent_0199...`.
  public var entityID: String
  /// The name that the entity goes by.
  public var name: String
  /// The kind of thing in lower case, such as `person`, `location` or `organization`.
  public var type: String
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(entityID: String, name: String, type: String, unknownFields: UnknownFields = UnknownFields()) {
    self.entityID = entityID
    self.name = name
    self.type = type
    self.unknownFields = unknownFields
  }
}

extension KnowledgeGraphEntityConfirmed {
  public static let eventType: EventType = "knowledge_graph.entity.confirmed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { entityID }
}

extension KnowledgeGraphEntityConfirmed {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var entityID: String?
    var name: String?
    var type: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "entity_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        entityID = value
      case "name":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        name = value
      case "type":
        type = try reader.readString()
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let entityID else { throw JSONError.missingField("entity_id", at: start) }
    guard let name else { throw JSONError.missingField("name", at: start) }
    guard let type else { throw JSONError.missingField("type", at: start) }
    self.entityID = entityID
    self.name = name
    self.type = type
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("entity_id" as StaticString)
    writer.write(entityID)
    writer.key("name" as StaticString)
    writer.write(name)
    writer.key("type" as StaticString)
    writer.write(type)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension KnowledgeGraphEntityConfirmed {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"knowledge_graph.entity.confirmed","title":"A second memory is sure of an entity","description":"Published when the number of memories that name the entity with a confidence of at least 0.75 reaches two, and again when a confirmed entity gets another type.","x-version":"1.0","x-aggregate":"entity_id","type":"object","required":["entity_id","name","type"],"properties":{"entity_id":{"type":"string","minLength":1,"description":"The entity's id, such as `ent_0199...`."},"name":{"type":"string","minLength":1,"description":"The name that the entity goes by."},"type":{"type":"string","description":"The kind of thing in lower case, such as `person`, `location` or `organization`."}}}"#
}
