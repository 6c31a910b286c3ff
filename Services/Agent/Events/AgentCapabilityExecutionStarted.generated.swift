// Generated from schemas/agent.capability.execution.started.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// An agent wants a capability executed.
///
/// The request: the capability's service executes it and answers with `capability.execution.completed` or `.failed`.
///
/// The payload of `agent.capability.execution.started`, version 1.0. Events of one `execution_id` keep their order.
public struct AgentCapabilityExecutionStarted: EventPayload, Hashable, Sendable {
  /// The agent's id.
  public var agentID: String
  /// The capability's id.
  public var capabilityID: String
  /// The id of this one execution; the same in each of its events.
  public var executionID: String
  /// What the capability is given: any JSON.
  public var input: JSONValue?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    agentID: String, capabilityID: String, executionID: String, input: JSONValue? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.agentID = agentID
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.input = input
    self.unknownFields = unknownFields
  }
}

extension AgentCapabilityExecutionStarted {
  public static let eventType: EventType = "agent.capability.execution.started"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { executionID }
}

extension AgentCapabilityExecutionStarted {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var agentID: String?
    var capabilityID: String?
    var executionID: String?
    var input: JSONValue?
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
      case "capability_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        capabilityID = value
      case "execution_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        executionID = value
      case "input":
        input = try reader.readValue()
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let agentID else { throw JSONError.missingField("agent_id", at: start) }
    guard let capabilityID else { throw JSONError.missingField("capability_id", at: start) }
    guard let executionID else { throw JSONError.missingField("execution_id", at: start) }
    self.agentID = agentID
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.input = input
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("agent_id" as StaticString)
    writer.write(agentID)
    writer.key("capability_id" as StaticString)
    writer.write(capabilityID)
    writer.key("execution_id" as StaticString)
    writer.write(executionID)
    if let input {
      writer.key("input" as StaticString)
      writer.write(input)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension AgentCapabilityExecutionStarted {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"agent.capability.execution.started","title":"An agent wants a capability executed","description":"The request: the capability's service executes it and answers with `capability.execution.completed` or `.failed`.","x-version":"1.0","x-aggregate":"execution_id","type":"object","required":["agent_id","capability_id","execution_id"],"properties":{"agent_id":{"type":"string","minLength":1,"description":"The agent's id."},"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"execution_id":{"type":"string","minLength":1,"description":"The id of this one execution; the same in each of its events."},"input":{"description":"What the capability is given: any JSON."}}}"#
}
