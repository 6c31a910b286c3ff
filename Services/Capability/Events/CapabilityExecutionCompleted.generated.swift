// Generated from schemas/capability.execution.completed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A capability was executed.
///
/// Published once for each execution that succeeded.
///
/// The payload of `capability.execution.completed`, version 1.0. Events of one `execution_id` keep their order.
public struct CapabilityExecutionCompleted: EventPayload, Hashable, Sendable {
  /// The capability's id.
  public var capabilityID: String
  /// The id of this one execution; the same in each of its events.
  public var executionID: String
  /// The agent that asked for it, if any.
  public var agentID: String?
  /// What the capability returned: any JSON.
  public var result: JSONValue?
  /// How long the call took, in whole milliseconds.
  public var durationMs: Int
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    capabilityID: String, executionID: String, agentID: String? = nil, result: JSONValue? = nil, durationMs: Int,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.agentID = agentID
    self.result = result
    self.durationMs = durationMs
    self.unknownFields = unknownFields
  }
}

extension CapabilityExecutionCompleted {
  public static let eventType: EventType = "capability.execution.completed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { executionID }
}

extension CapabilityExecutionCompleted {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var capabilityID: String?
    var executionID: String?
    var agentID: String?
    var result: JSONValue?
    var durationMs: Int?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
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
      case "agent_id":
        if try !reader.readIfNull() { agentID = try reader.readString() }
      case "result":
        result = try reader.readValue()
      case "duration_ms":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 0 else {
          throw JSONError.constraint("minimum", "must be at least 0", at: place)
        }
        durationMs = value
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let capabilityID else { throw JSONError.missingField("capability_id", at: start) }
    guard let executionID else { throw JSONError.missingField("execution_id", at: start) }
    guard let durationMs else { throw JSONError.missingField("duration_ms", at: start) }
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.agentID = agentID
    self.result = result
    self.durationMs = durationMs
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("capability_id" as StaticString)
    writer.write(capabilityID)
    writer.key("execution_id" as StaticString)
    writer.write(executionID)
    if let agentID {
      writer.key("agent_id" as StaticString)
      writer.write(agentID)
    }
    if let result {
      writer.key("result" as StaticString)
      writer.write(result)
    }
    writer.key("duration_ms" as StaticString)
    writer.write(durationMs)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CapabilityExecutionCompleted {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"capability.execution.completed","title":"A capability was executed","description":"Published once for each execution that succeeded.","x-version":"1.0","x-aggregate":"execution_id","type":"object","required":["capability_id","execution_id","duration_ms"],"properties":{"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"execution_id":{"type":"string","minLength":1,"description":"The id of this one execution; the same in each of its events."},"agent_id":{"type":"string","description":"The agent that asked for it, if any."},"result":{"description":"What the capability returned: any JSON."},"duration_ms":{"type":"integer","minimum":0,"description":"How long the call took, in whole milliseconds."}}}"#
}
