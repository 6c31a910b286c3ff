// Generated from schemas/knowledge_graph.entity.merged.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// Two entities turned out to be one.
///
/// The merged entity's names and facts now belong to the entity that remains.
///
/// The payload of `knowledge_graph.entity.merged`, version 1.0. Events of one `entity_id` keep their order.
public struct KnowledgeGraphEntityMerged: EventPayload, Hashable, Sendable {
  /// The entity that remains.
  public var entityID: String
  /// The entity that went into it.
  public var mergedEntityID: String
  /// Why they are held to be one, for people.
  public var reason: String?
  /// How sure the resolution is, from 0 to 1.
  public var confidence: Double?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    entityID: String, mergedEntityID: String, reason: String? = nil, confidence: Double? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.entityID = entityID
    self.mergedEntityID = mergedEntityID
    self.reason = reason
    self.confidence = confidence
    self.unknownFields = unknownFields
  }
}

extension KnowledgeGraphEntityMerged {
  public static let eventType: EventType = "knowledge_graph.entity.merged"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { entityID }
}

extension KnowledgeGraphEntityMerged {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var entityID: String?
    var mergedEntityID: String?
    var reason: String?
    var confidence: Double?
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
      case "merged_entity_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        mergedEntityID = value
      case "reason":
        if try !reader.readIfNull() { reason = try reader.readString() }
      case "confidence":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readDouble()
          guard value >= 0.0 else {
            throw JSONError.constraint("minimum", "must be at least 0.0", at: place)
          }
          guard value <= 1.0 else {
            throw JSONError.constraint("maximum", "must be at most 1.0", at: place)
          }
          confidence = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let entityID else { throw JSONError.missingField("entity_id", at: start) }
    guard let mergedEntityID else { throw JSONError.missingField("merged_entity_id", at: start) }
    self.entityID = entityID
    self.mergedEntityID = mergedEntityID
    self.reason = reason
    self.confidence = confidence
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("entity_id" as StaticString)
    writer.write(entityID)
    writer.key("merged_entity_id" as StaticString)
    writer.write(mergedEntityID)
    if let reason {
      writer.key("reason" as StaticString)
      writer.write(reason)
    }
    if let confidence {
      writer.key("confidence" as StaticString)
      writer.write(confidence)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension KnowledgeGraphEntityMerged {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"knowledge_graph.entity.merged","title":"Two entities turned out to be one","description":"The merged entity's names and facts now belong to the entity that remains.","x-version":"1.0","x-aggregate":"entity_id","type":"object","required":["entity_id","merged_entity_id"],"properties":{"entity_id":{"type":"string","minLength":1,"description":"The entity that remains."},"merged_entity_id":{"type":"string","minLength":1,"description":"The entity that went into it."},"reason":{"type":"string","description":"Why they are held to be one, for people."},"confidence":{"type":"number","minimum":0,"maximum":1,"description":"How sure the resolution is, from 0 to 1."}}}"#
}
