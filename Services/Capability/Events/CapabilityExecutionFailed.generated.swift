// Generated from schemas/capability.execution.failed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// The execution of a capability failed.
///
/// Published once for each execution that failed or was refused.
///
/// The payload of `capability.execution.failed`, version 1.0. Events of one `execution_id` keep their order.
public struct CapabilityExecutionFailed: EventPayload, Hashable, Sendable {
  /// The capability's id.
  public var capabilityID: String
  /// The id of this one execution; the same in each of its events.
  public var executionID: String
  /// The agent that asked for it, if any.
  public var agentID: String?
  /// What went wrong, in one line for people.
  public var error: String
  /// The kind of the failure, which code can switch on, such as `timeout`, `circuit_open` or `invalid_input`.
  public var errorKind: String
  /// How long the call took, in whole milliseconds. 0 when it was refused.
  public var durationMs: Int
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    capabilityID: String, executionID: String, agentID: String? = nil, error: String, errorKind: String,
    durationMs: Int, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.agentID = agentID
    self.error = error
    self.errorKind = errorKind
    self.durationMs = durationMs
    self.unknownFields = unknownFields
  }
}

extension CapabilityExecutionFailed {
  public static let eventType: EventType = "capability.execution.failed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { executionID }
}

extension CapabilityExecutionFailed {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var capabilityID: String?
    var executionID: String?
    var agentID: String?
    var error: String?
    var errorKind: String?
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
      case "error":
        error = try reader.readString()
      case "error_kind":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        errorKind = value
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
    guard let error else { throw JSONError.missingField("error", at: start) }
    guard let errorKind else { throw JSONError.missingField("error_kind", at: start) }
    guard let durationMs else { throw JSONError.missingField("duration_ms", at: start) }
    self.capabilityID = capabilityID
    self.executionID = executionID
    self.agentID = agentID
    self.error = error
    self.errorKind = errorKind
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
    writer.key("error" as StaticString)
    writer.write(error)
    writer.key("error_kind" as StaticString)
    writer.write(errorKind)
    writer.key("duration_ms" as StaticString)
    writer.write(durationMs)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CapabilityExecutionFailed {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"capability.execution.failed","title":"The execution of a capability failed","description":"Published once for each execution that failed or was refused.","x-version":"1.0","x-aggregate":"execution_id","type":"object","required":["capability_id","execution_id","error","error_kind","duration_ms"],"properties":{"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"execution_id":{"type":"string","minLength":1,"description":"The id of this one execution; the same in each of its events."},"agent_id":{"type":"string","description":"The agent that asked for it, if any."},"error":{"type":"string","description":"What went wrong, in one line for people."},"error_kind":{"type":"string","minLength":1,"description":"The kind of the failure, which code can switch on, such as `timeout`, `circuit_open` or `invalid_input`."},"duration_ms":{"type":"integer","minimum":0,"description":"How long the call took, in whole milliseconds. 0 when it was refused."}}}"#
}
