// Generated from schemas/memory.created.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A memory was created.
///
/// Published once for each memory, in the transaction that stores it.
///
/// The payload of `memory.created`, version 1.0. Events of one `memory_id` keep their order.
public struct MemoryCreated: EventPayload, Hashable, Sendable {
  /// The memory's id, such as `mem_0199...`.
  public var memoryID: String
  /// The text, as the caller gave it.
  public var content: String
  /// The caller's own labels for the memory, free in form; searches can be narrowed by them.
  public var filters: JSONValue?
  /// The user whom the memory belongs to, if any.
  public var userID: String?
  /// The agent whom the memory belongs to, if any.
  public var agentID: String?
  /// The memory's version: 1 when it is created, one more at each update.
  public var version: Int
  /// When the memory was stored.
  public var createdAt: Timestamp?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    memoryID: String, content: String, filters: JSONValue? = nil, userID: String? = nil, agentID: String? = nil,
    version: Int, createdAt: Timestamp? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.memoryID = memoryID
    self.content = content
    self.filters = filters
    self.userID = userID
    self.agentID = agentID
    self.version = version
    self.createdAt = createdAt
    self.unknownFields = unknownFields
  }
}

extension MemoryCreated {
  public static let eventType: EventType = "memory.created"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { memoryID }
}

extension MemoryCreated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var memoryID: String?
    var content: String?
    var filters: JSONValue?
    var userID: String?
    var agentID: String?
    var version: Int?
    var createdAt: Timestamp?
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
      case "content":
        content = try reader.readString()
      case "filters":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readValue()
          guard case .object = value else {
            throw JSONError(.typeMismatch, at: place, "expected \(JSONKind.object), found \(value.kind)")
          }
          filters = value
        }
      case "user_id":
        if try !reader.readIfNull() { userID = try reader.readString() }
      case "agent_id":
        if try !reader.readIfNull() { agentID = try reader.readString() }
      case "version":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 1 else {
          throw JSONError.constraint("minimum", "must be at least 1", at: place)
        }
        version = value
      case "created_at":
        if try !reader.readIfNull() { createdAt = try Timestamp(from: &reader) }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let memoryID else { throw JSONError.missingField("memory_id", at: start) }
    guard let content else { throw JSONError.missingField("content", at: start) }
    guard let version else { throw JSONError.missingField("version", at: start) }
    self.memoryID = memoryID
    self.content = content
    self.filters = filters
    self.userID = userID
    self.agentID = agentID
    self.version = version
    self.createdAt = createdAt
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("memory_id" as StaticString)
    writer.write(memoryID)
    writer.key("content" as StaticString)
    writer.write(content)
    if let filters {
      writer.key("filters" as StaticString)
      writer.write(filters)
    }
    if let userID {
      writer.key("user_id" as StaticString)
      writer.write(userID)
    }
    if let agentID {
      writer.key("agent_id" as StaticString)
      writer.write(agentID)
    }
    writer.key("version" as StaticString)
    writer.write(version)
    if let createdAt {
      writer.key("created_at" as StaticString)
      createdAt.write(to: &writer)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension MemoryCreated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"memory.created","title":"A memory was created","description":"Published once for each memory, in the transaction that stores it.","x-version":"1.0","x-aggregate":"memory_id","type":"object","required":["memory_id","content","version"],"properties":{"memory_id":{"type":"string","minLength":1,"description":"The memory's id, such as `mem_0199...`."},"content":{"type":"string","description":"The text, as the caller gave it."},"filters":{"type":"object","description":"The caller's own labels for the memory, free in form; searches can be narrowed by them."},"user_id":{"type":"string","description":"The user whom the memory belongs to, if any."},"agent_id":{"type":"string","description":"The agent whom the memory belongs to, if any."},"version":{"type":"integer","minimum":1,"description":"The memory's version: 1 when it is created, one more at each update."},"created_at":{"type":"string","format":"date-time","description":"When the memory was stored."}}}"#
}
