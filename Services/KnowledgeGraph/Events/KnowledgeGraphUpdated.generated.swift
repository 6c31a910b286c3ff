// Generated from schemas/knowledge_graph.updated.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// The graph took in a memory's entities and facts.
///
/// Published once for each extraction or deletion that the graph has applied, also when nothing changed.
///
/// The payload of `knowledge_graph.updated`, version 1.0. Events of one `memory_id` keep their order.
public struct KnowledgeGraphUpdated: EventPayload, Hashable, Sendable {
  /// The memory that the change rests on.
  public var memoryID: String
  /// The ids of the entities that are new in the graph.
  public var entitiesAdded: [String]
  /// The ids of the facts that are new in the graph.
  public var factsAdded: [String]
  /// The ids of the facts that are no longer believed.
  public var factsWithdrawn: [String]
  /// How many entities the memory now rests in the graph with.
  public var entityCount: Int?
  /// How many believed facts rest on the memory.
  public var factCount: Int?
  /// Why the graph changed: an extraction, or the memory's deletion.
  public var reason: Reason?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    memoryID: String, entitiesAdded: [String], factsAdded: [String], factsWithdrawn: [String], entityCount: Int? = nil,
    factCount: Int? = nil, reason: Reason? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.memoryID = memoryID
    self.entitiesAdded = entitiesAdded
    self.factsAdded = factsAdded
    self.factsWithdrawn = factsWithdrawn
    self.entityCount = entityCount
    self.factCount = factCount
    self.reason = reason
    self.unknownFields = unknownFields
  }

  /// Why the graph changed: an extraction, or the memory's deletion.
  ///
  /// A value that this version of the schema does not name is kept as it is.
  public struct Reason: RawRepresentable, ExpressibleByStringLiteral, JSONCodable, Hashable, Sendable {
    /// The spelling in JSON.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.rawValue = value }
    public init(from reader: inout JSONReader) throws(JSONError) { rawValue = try reader.readString() }
    public func write(to writer: inout JSONWriter) { writer.write(rawValue) }

    public static let extracted = Reason(rawValue: "extracted")
    public static let deleted = Reason(rawValue: "deleted")
    /// The values that the schema names.
    public static let known: [Reason] = [.extracted, .deleted]
  }
}

extension KnowledgeGraphUpdated {
  public static let eventType: EventType = "knowledge_graph.updated"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { memoryID }
}

extension KnowledgeGraphUpdated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var memoryID: String?
    var entitiesAdded: [String]?
    var factsAdded: [String]?
    var factsWithdrawn: [String]?
    var entityCount: Int?
    var factCount: Int?
    var reason: Reason?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "memory_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        memoryID = value
      case "entities_added":
        entitiesAdded = try reader.readArray(of: String.self)
      case "facts_added":
        factsAdded = try reader.readArray(of: String.self)
      case "facts_withdrawn":
        factsWithdrawn = try reader.readArray(of: String.self)
      case "entity_count":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          entityCount = value
        }
      case "fact_count":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          factCount = value
        }
      case "reason":
        if try !reader.readIfNull() { reason = try Reason(from: &reader) }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let memoryID else { throw JSONError.missingField("memory_id", at: start) }
    guard let entitiesAdded else { throw JSONError.missingField("entities_added", at: start) }
    guard let factsAdded else { throw JSONError.missingField("facts_added", at: start) }
    guard let factsWithdrawn else { throw JSONError.missingField("facts_withdrawn", at: start) }
    self.memoryID = memoryID
    self.entitiesAdded = entitiesAdded
    self.factsAdded = factsAdded
    self.factsWithdrawn = factsWithdrawn
    self.entityCount = entityCount
    self.factCount = factCount
    self.reason = reason
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("memory_id" as StaticString)
    writer.write(memoryID)
    writer.key("entities_added" as StaticString)
    writer.write(entitiesAdded)
    writer.key("facts_added" as StaticString)
    writer.write(factsAdded)
    writer.key("facts_withdrawn" as StaticString)
    writer.write(factsWithdrawn)
    if let entityCount {
      writer.key("entity_count" as StaticString)
      writer.write(entityCount)
    }
    if let factCount {
      writer.key("fact_count" as StaticString)
      writer.write(factCount)
    }
    if let reason {
      writer.key("reason" as StaticString)
      reason.write(to: &writer)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension KnowledgeGraphUpdated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"knowledge_graph.updated","title":"The graph took in a memory's entities and facts","description":"Published once for each extraction or deletion that the graph has applied, also when nothing changed.","x-version":"1.0","x-aggregate":"memory_id","type":"object","required":["memory_id","entities_added","facts_added","facts_withdrawn"],"properties":{"memory_id":{"type":"string","minLength":1,"description":"The memory that the change rests on."},"entities_added":{"type":"array","items":{"type":"string"},"description":"The ids of the entities that are new in the graph."},"facts_added":{"type":"array","items":{"type":"string"},"description":"The ids of the facts that are new in the graph."},"facts_withdrawn":{"type":"array","items":{"type":"string"},"description":"The ids of the facts that are no longer believed."},"entity_count":{"type":"integer","minimum":0,"description":"How many entities the memory now rests in the graph with."},"fact_count":{"type":"integer","minimum":0,"description":"How many believed facts rest on the memory."},"reason":{"type":"string","enum":["extracted","deleted"],"description":"Why the graph changed: an extraction, or the memory's deletion."}}}"#
}
