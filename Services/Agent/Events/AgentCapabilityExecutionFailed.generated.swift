// Generated from schemas/agent.capability.execution.failed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// An agent's execution of a capability failed.
///
/// Ends what `agent.capability.execution.started` began.
///
/// The payload of `agent.capability.execution.failed`, version 1.0. Events of one `execution_id` keep their order.
public struct AgentCapabilityExecutionFailed: EventPayload, Hashable, Sendable {
  /// The agent's id.
  public var agentID: String
  /// The capability's id.
  public var capabilityID: String
  /// The id of this one execution; the same in each of its events.
  public var executionID: String
  /// What went wrong, in one line for people.
  public var error: String
  /// The kind of the failure, which code can switch on, such as `timeout`, `circuit_open` or `invalid_input`.
  public var errorKind: String?
  /// How long the call took, in whole milliseconds.
  public var durationMs: Int?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    agentID: String, capabilityID: String, executionID: String, error: String, errorKind: String? = nil,
    durationMs: Int? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.agentID = agentID
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.error = error
    self.errorKind = errorKind
    self.durationMs = durationMs
    self.unknownFields = unknownFields
  }
}

extension AgentCapabilityExecutionFailed {
  public static let eventType: EventType = "agent.capability.execution.failed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { executionID }
}

extension AgentCapabilityExecutionFailed {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var agentID: String?
    var capabilityID: String?
    var executionID: String?
    var error: String?
    var errorKind: String?
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
      case "error":
        error = try reader.readString()
      case "error_kind":
        if try !reader.readIfNull() { errorKind = try reader.readString() }
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
    guard let error else { throw JSONError.missingField("error", at: start) }
    self.agentID = agentID
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.error = error
    self.errorKind = errorKind
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
    writer.key("error" as StaticString)
    writer.write(error)
    if let errorKind {
      writer.key("error_kind" as StaticString)
      writer.write(errorKind)
    }
    if let durationMs {
      writer.key("duration_ms" as StaticString)
      writer.write(durationMs)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension AgentCapabilityExecutionFailed {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"agent.capability.execution.failed","title":"An agent's execution of a capability failed","description":"Ends what `agent.capability.execution.started` began.","x-version":"1.0","x-aggregate":"execution_id","type":"object","required":["agent_id","capability_id","execution_id","error"],"properties":{"agent_id":{"type":"string","minLength":1,"description":"The agent's id."},"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"execution_id":{"type":"string","minLength":1,"description":"The id of this one execution; the same in each of its events."},"error":{"type":"string","description":"What went wrong, in one line for people."},"error_kind":{"type":"string","description":"The kind of the failure, which code can switch on, such as `timeout`, `circuit_open` or `invalid_input`."},"duration_ms":{"type":"integer","minimum":0,"description":"How long the call took, in whole milliseconds."}}}"#
}
