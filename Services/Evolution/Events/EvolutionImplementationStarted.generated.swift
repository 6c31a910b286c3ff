// Generated from schemas/evolution.implementation.started.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// The implementation of a proposal started.
///
/// Published after a person approved the proposal.
///
/// The payload of `evolution.implementation.started`, version 1.0. Events of one `proposal_id` keep their order.
public struct EvolutionImplementationStarted: EventPayload, Hashable, Sendable {
  /// The proposal's id.
  public var proposalID: String
  /// The id of this one implementation of the proposal.
  public var implementationID: String
  /// The capability to change.
  public var capabilityID: String?
  /// The settings to change and their new values, spelt as in the API: `timeout_ms`, `breaker`.
  public var changes: JSONValue?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    proposalID: String, implementationID: String, capabilityID: String? = nil, changes: JSONValue? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.proposalID = proposalID
    self.implementationID = implementationID
    self.capabilityID = capabilityID
    self.changes = changes
    self.unknownFields = unknownFields
  }
}

extension EvolutionImplementationStarted {
  public static let eventType: EventType = "evolution.implementation.started"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { proposalID }
}

extension EvolutionImplementationStarted {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var proposalID: String?
    var implementationID: String?
    var capabilityID: String?
    var changes: JSONValue?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "proposal_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        proposalID = value
      case "implementation_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        implementationID = value
      case "capability_id":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readString()
          guard !value.isEmpty else {
            throw JSONError.constraint("minLength", "must not be empty", at: place)
          }
          capabilityID = value
        }
      case "changes":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readValue()
          guard case .object = value else {
            throw JSONError(.typeMismatch, at: place, "expected \(JSONKind.object), found \(value.kind)")
          }
          changes = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let proposalID else { throw JSONError.missingField("proposal_id", at: start) }
    guard let implementationID else { throw JSONError.missingField("implementation_id", at: start) }
    self.proposalID = proposalID
    self.implementationID = implementationID
    self.capabilityID = capabilityID
    self.changes = changes
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("proposal_id" as StaticString)
    writer.write(proposalID)
    writer.key("implementation_id" as StaticString)
    writer.write(implementationID)
    if let capabilityID {
      writer.key("capability_id" as StaticString)
      writer.write(capabilityID)
    }
    if let changes {
      writer.key("changes" as StaticString)
      writer.write(changes)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension EvolutionImplementationStarted {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"evolution.implementation.started","title":"The implementation of a proposal started","description":"Published after a person approved the proposal.","x-version":"1.0","x-aggregate":"proposal_id","type":"object","required":["proposal_id","implementation_id"],"properties":{"proposal_id":{"type":"string","minLength":1,"description":"The proposal's id."},"implementation_id":{"type":"string","minLength":1,"description":"The id of this one implementation of the proposal."},"capability_id":{"type":"string","minLength":1,"description":"The capability to change."},"changes":{"type":"object","description":"The settings to change and their new values, spelt as in the API: `timeout_ms`, `breaker`."}}}"#
}
