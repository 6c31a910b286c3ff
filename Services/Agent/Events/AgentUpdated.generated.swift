// Generated from schemas/agent.updated.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// An agent's configuration was changed.
///
/// Published once for each change.
///
/// The payload of `agent.updated`, version 1.0. Events of one `agent_id` keep their order.
public struct AgentUpdated: EventPayload, Hashable, Sendable {
  /// The agent's id.
  public var agentID: String
  /// The names of the fields that have changed, spelt as in the API.
  public var updatedFields: [String]
  /// The ids of the capabilities that the agent may use. Present when they have changed.
  public var capabilities: [String]?
  /// The new name, when it has changed.
  public var name: String?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    agentID: String, updatedFields: [String], capabilities: [String]? = nil, name: String? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.agentID = agentID
    self.updatedFields = updatedFields
    self.capabilities = capabilities
    self.name = name
    self.unknownFields = unknownFields
  }
}

extension AgentUpdated {
  public static let eventType: EventType = "agent.updated"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { agentID }
}

extension AgentUpdated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var agentID: String?
    var updatedFields: [String]?
    var capabilities: [String]?
    var name: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "agent_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        agentID = value
      case "updated_fields":
        updatedFields = try reader.readArray(of: String.self)
      case "capabilities":
        if try !reader.readIfNull() { capabilities = try reader.readArray(of: String.self) }
      case "name":
        if try !reader.readIfNull() { name = try reader.readString() }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let agentID else { throw JSONError.missingField("agent_id", at: start) }
    guard let updatedFields else { throw JSONError.missingField("updated_fields", at: start) }
    self.agentID = agentID
    self.updatedFields = updatedFields
    self.capabilities = capabilities
    self.name = name
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("agent_id" as StaticString)
    writer.write(agentID)
    writer.key("updated_fields" as StaticString)
    writer.write(updatedFields)
    if let capabilities {
      writer.key("capabilities" as StaticString)
      writer.write(capabilities)
    }
    if let name {
      writer.key("name" as StaticString)
      writer.write(name)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension AgentUpdated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"agent.updated","title":"An agent's configuration was changed","description":"Published once for each change.","x-version":"1.0","x-aggregate":"agent_id","type":"object","required":["agent_id","updated_fields"],"properties":{"agent_id":{"type":"string","minLength":1,"description":"The agent's id."},"updated_fields":{"type":"array","items":{"type":"string"},"description":"The names of the fields that have changed, spelt as in the API."},"capabilities":{"type":"array","items":{"type":"string"},"description":"The ids of the capabilities that the agent may use. Present when they have changed."},"name":{"type":"string","description":"The new name, when it has changed."}}}"#
}
