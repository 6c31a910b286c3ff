// Generated from schemas/agent.capability.execution.completed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// An agent's execution of a capability succeeded.
///
/// Ends what `agent.capability.execution.started` began.
///
/// The payload of `agent.capability.execution.completed`, version 1.0. Events of one `execution_id` keep their order.
public struct AgentCapabilityExecutionCompleted: EventPayload, Hashable, Sendable {
  /// The agent's id.
  public var agentID: String
  /// The capability's id.
  public var capabilityID: String
  /// The id of this one execution; the same in each of its events.
  public var executionID: String
  /// The result in short, for people.
  public var resultSummary: String
  /// How long the call took, in whole milliseconds.
  public var durationMs: Int?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    agentID: String, capabilityID: String, executionID: String, resultSummary: String, durationMs: Int? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.agentID = agentID
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.resultSummary = resultSummary
    self.durationMs = durationMs
    self.unknownFields = unknownFields
  }
}

extension AgentCapabilityExecutionCompleted {
  public static let eventType: EventType = "agent.capability.execution.completed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { executionID }
}

extension AgentCapabilityExecutionCompleted {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var agentID: String?
    var capabilityID: String?
    var executionID: String?
    var resultSummary: String?
    var durationMs: Int?
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
      case "result_summary":
        resultSummary = try reader.readString()
      case "duration_ms":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          durationMs = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let agentID else { throw JSONError.missingField("agent_id", at: start) }
    guard let capabilityID else { throw JSONError.missingField("capability_id", at: start) }
    guard let executionID else { throw JSONError.missingField("execution_id", at: start) }
    guard let resultSummary else { throw JSONError.missingField("result_summary", at: start) }
    self.agentID = agentID
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.resultSummary = resultSummary
    self.durationMs = durationMs
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
    writer.key("result_summary" as StaticString)
    writer.write(resultSummary)
    if let durationMs {
      writer.key("duration_ms" as StaticString)
      writer.write(durationMs)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension AgentCapabilityExecutionCompleted {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"agent.capability.execution.completed","title":"An agent's execution of a capability succeeded","description":"Ends what `agent.capability.execution.started` began.","x-version":"1.0","x-aggregate":"execution_id","type":"object","required":["agent_id","capability_id","execution_id","result_summary"],"properties":{"agent_id":{"type":"string","minLength":1,"description":"The agent's id."},"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"execution_id":{"type":"string","minLength":1,"description":"The id of this one execution; the same in each of its events."},"result_summary":{"type":"string","description":"The result in short, for people."},"duration_ms":{"type":"integer","minimum":0,"description":"How long the call took, in whole milliseconds."}}}"#
}
