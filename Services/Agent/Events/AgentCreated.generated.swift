// Generated from schemas/agent.created.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// An agent was created.
///
/// Published once for each agent.
///
/// The payload of `agent.created`, version 1.0. Events of one `agent_id` keep their order.
public struct AgentCreated: EventPayload, Hashable, Sendable {
  /// The agent's id.
  public var agentID: String
  /// The agent's name, for people.
  public var name: String?
  /// The ids of the capabilities that the agent may use.
  public var capabilities: [String]
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    agentID: String, name: String? = nil, capabilities: [String], unknownFields: UnknownFields = UnknownFields()
  ) {
    self.agentID = agentID
    self.name = name
    self.capabilities = capabilities
    self.unknownFields = unknownFields
  }
}

extension AgentCreated {
  public static let eventType: EventType = "agent.created"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { agentID }
}

extension AgentCreated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var agentID: String?
    var name: String?
    var capabilities: [String]?
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
      case "name":
        if try !reader.readIfNull() { name = try reader.readString() }
      case "capabilities":
        capabilities = try reader.readArray(of: String.self)
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let agentID else { throw JSONError.missingField("agent_id", at: start) }
    guard let capabilities else { throw JSONError.missingField("capabilities", at: start) }
    self.agentID = agentID
    self.name = name
    self.capabilities = capabilities
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("agent_id" as StaticString)
    writer.write(agentID)
    if let name {
      writer.key("name" as StaticString)
      writer.write(name)
    }
    writer.key("capabilities" as StaticString)
    writer.write(capabilities)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension AgentCreated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"agent.created","title":"An agent was created","description":"Published once for each agent.","x-version":"1.0","x-aggregate":"agent_id","type":"object","required":["agent_id","capabilities"],"properties":{"agent_id":{"type":"string","minLength":1,"description":"The agent's id."},"name":{"type":"string","description":"The agent's name, for people."},"capabilities":{"type":"array","items":{"type":"string"},"description":"The ids of the capabilities that the agent may use."}}}"#
}
