// Generated from schemas/evolution.implementation.completed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// The implementation of a proposal was completed.
///
/// The changes are in force.
///
/// The payload of `evolution.implementation.completed`, version 1.0. Events of one `proposal_id` keep their order.
public struct EvolutionImplementationCompleted: EventPayload, Hashable, Sendable {
  /// The proposal's id.
  public var proposalID: String
  /// The id of this one implementation of the proposal.
  public var implementationID: String
  /// What was changed, as it was applied: any JSON; ours is an object of settings and their new values.
  public var changes: JSONValue
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    proposalID: String, implementationID: String, changes: JSONValue, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.proposalID = proposalID
    self.implementationID = implementationID
    self.changes = changes
    self.unknownFields = unknownFields
  }
}

extension EvolutionImplementationCompleted {
  public static let eventType: EventType = "evolution.implementation.completed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { proposalID }
}

extension EvolutionImplementationCompleted {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var proposalID: String?
    var implementationID: String?
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
      case "changes":
        changes = try reader.readValue()
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let proposalID else { throw JSONError.missingField("proposal_id", at: start) }
    guard let implementationID else { throw JSONError.missingField("implementation_id", at: start) }
    guard let changes else { throw JSONError.missingField("changes", at: start) }
    self.proposalID = proposalID
    self.implementationID = implementationID
    self.changes = changes
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("proposal_id" as StaticString)
    writer.write(proposalID)
    writer.key("implementation_id" as StaticString)
    writer.write(implementationID)
    writer.key("changes" as StaticString)
    writer.write(changes)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension EvolutionImplementationCompleted {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"evolution.implementation.completed","title":"The implementation of a proposal was completed","description":"The changes are in force.","x-version":"1.0","x-aggregate":"proposal_id","type":"object","required":["proposal_id","implementation_id","changes"],"properties":{"proposal_id":{"type":"string","minLength":1,"description":"The proposal's id."},"implementation_id":{"type":"string","minLength":1,"description":"The id of this one implementation of the proposal."},"changes":{"description":"What was changed, as it was applied: any JSON; ours is an object of settings and their new values."}}}"#
}
