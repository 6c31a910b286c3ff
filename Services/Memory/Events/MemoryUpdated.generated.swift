// Generated from schemas/memory.updated.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A memory was changed.
///
/// Published once for each change of a memory's content or filters.
///
/// The payload of `memory.updated`, version 1.0. Events of one `memory_id` keep their order.
public struct MemoryUpdated: EventPayload, Hashable, Sendable {
  /// The memory's id, such as `mem_0199...`.
  public var memoryID: String
  /// The names of the fields that have changed: `content`, `filters`.
  public var updatedFields: [String]
  /// The memory's version after the change; the first change makes it 2.
  public var version: Int
  /// The new text, when it has changed.
  public var content: String?
  /// The new labels, when they have changed.
  public var filters: JSONValue?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    memoryID: String, updatedFields: [String], version: Int, content: String? = nil, filters: JSONValue? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.memoryID = memoryID
    self.updatedFields = updatedFields
    self.version = version
    self.content = content
    self.filters = filters
    self.unknownFields = unknownFields
  }
}

extension MemoryUpdated {
  public static let eventType: EventType = "memory.updated"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { memoryID }
}

extension MemoryUpdated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var memoryID: String?
    var updatedFields: [String]?
    var version: Int?
    var content: String?
    var filters: JSONValue?
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
      case "updated_fields":
        updatedFields = try reader.readArray(of: String.self)
      case "version":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 1 else {
          throw JSONError.constraint("minimum", "must be at least 1", at: place)
        }
        version = value
      case "content":
        if try !reader.readIfNull() { content = try reader.readString() }
      case "filters":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readValue()
          guard case .object = value else {
            throw JSONError(.typeMismatch, at: place, "expected \(JSONKind.object), found \(value.kind)")
          }
          filters = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let memoryID else { throw JSONError.missingField("memory_id", at: start) }
    guard let updatedFields else { throw JSONError.missingField("updated_fields", at: start) }
    guard let version else { throw JSONError.missingField("version", at: start) }
    self.memoryID = memoryID
    self.updatedFields = updatedFields
    self.version = version
    self.content = content
    self.filters = filters
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("memory_id" as StaticString)
    writer.write(memoryID)
    writer.key("updated_fields" as StaticString)
    writer.write(updatedFields)
    writer.key("version" as StaticString)
    writer.write(version)
    if let content {
      writer.key("content" as StaticString)
      writer.write(content)
    }
    if let filters {
      writer.key("filters" as StaticString)
      writer.write(filters)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension MemoryUpdated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"memory.updated","title":"A memory was changed","description":"Published once for each change of a memory's content or filters.","x-version":"1.0","x-aggregate":"memory_id","type":"object","required":["memory_id","updated_fields","version"],"properties":{"memory_id":{"type":"string","minLength":1,"description":"The memory's id, such as `mem_0199...`."},"updated_fields":{"type":"array","items":{"type":"string"},"description":"The names of the fields that have changed: `content`, `filters`."},"version":{"type":"integer","minimum":1,"description":"The memory's version after the change; the first change makes it 2."},"content":{"type":"string","description":"The new text, when it has changed."},"filters":{"type":"object","description":"The new labels, when they have changed."}}}"#
}
