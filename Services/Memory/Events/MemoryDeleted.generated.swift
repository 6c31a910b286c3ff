// Generated from schemas/memory.deleted.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A memory was deleted.
///
/// What rested on the memory alone is to be withdrawn by those who keep it.
///
/// The payload of `memory.deleted`, version 1.0. Events of one `memory_id` keep their order.
public struct MemoryDeleted: EventPayload, Hashable, Sendable {
  /// The memory's id, such as `mem_0199...`.
  public var memoryID: String
  /// The version that the deletion makes: one more than the last that had content.
  public var version: Int
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(memoryID: String, version: Int, unknownFields: UnknownFields = UnknownFields()) {
    self.memoryID = memoryID
    self.version = version
    self.unknownFields = unknownFields
  }
}

extension MemoryDeleted {
  public static let eventType: EventType = "memory.deleted"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { memoryID }
}

extension MemoryDeleted {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var memoryID: String?
    var version: Int?
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
      case "version":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 1 else {
          throw JSONError.constraint("minimum", "must be at least 1", at: place)
        }
        version = value
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let memoryID else { throw JSONError.missingField("memory_id", at: start) }
    guard let version else { throw JSONError.missingField("version", at: start) }
    self.memoryID = memoryID
    self.version = version
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("memory_id" as StaticString)
    writer.write(memoryID)
    writer.key("version" as StaticString)
    writer.write(version)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension MemoryDeleted {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"memory.deleted","title":"A memory was deleted","description":"What rested on the memory alone is to be withdrawn by those who keep it.","x-version":"1.0","x-aggregate":"memory_id","type":"object","required":["memory_id","version"],"properties":{"memory_id":{"type":"string","minLength":1,"description":"The memory's id, such as `mem_0199...`."},"version":{"type":"integer","minimum":1,"description":"The version that the deletion makes: one more than the last that had content."}}}"#
}
