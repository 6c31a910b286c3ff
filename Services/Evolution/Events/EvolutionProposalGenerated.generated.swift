// Generated from schemas/evolution.proposal.generated.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A change was proposed.
///
/// Published once for each proposal.
///
/// The payload of `evolution.proposal.generated`, version 1.0. Events of one `proposal_id` keep their order.
public struct EvolutionProposalGenerated: EventPayload, Hashable, Sendable {
  /// The proposal's id.
  public var proposalID: String
  /// What kind of change it is, such as `circuit_breaker` or `time_limit`.
  public var proposalType: String
  /// The change and the reason for it, for people.
  public var description: String
  /// The capability to be changed, if it is one.
  public var capabilityID: String?
  /// The settings to be changed and their new values.
  public var changes: JSONValue?
  /// The pattern that it answers.
  public var patternID: String?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    proposalID: String, proposalType: String, description: String, capabilityID: String? = nil,
    changes: JSONValue? = nil, patternID: String? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.proposalID = proposalID
    self.proposalType = proposalType
    self.description = description
    self.capabilityID = capabilityID
    self.changes = changes
    self.patternID = patternID
    self.unknownFields = unknownFields
  }
}

extension EvolutionProposalGenerated {
  public static let eventType: EventType = "evolution.proposal.generated"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { proposalID }
}

extension EvolutionProposalGenerated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var proposalID: String?
    var proposalType: String?
    var description: String?
    var capabilityID: String?
    var changes: JSONValue?
    var patternID: String?
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
      case "proposal_type":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        proposalType = value
      case "description":
        description = try reader.readString()
      case "capability_id":
        if try !reader.readIfNull() { capabilityID = try reader.readString() }
      case "changes":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readValue()
          guard case .object = value else {
            throw JSONError(.typeMismatch, at: place, "expected \(JSONKind.object), found \(value.kind)")
          }
          changes = value
        }
      case "pattern_id":
        if try !reader.readIfNull() { patternID = try reader.readString() }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let proposalID else { throw JSONError.missingField("proposal_id", at: start) }
    guard let proposalType else { throw JSONError.missingField("proposal_type", at: start) }
    guard let description else { throw JSONError.missingField("description", at: start) }
    self.proposalID = proposalID
    self.proposalType = proposalType
    self.description = description
    self.capabilityID = capabilityID
    self.changes = changes
    self.patternID = patternID
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("proposal_id" as StaticString)
    writer.write(proposalID)
    writer.key("proposal_type" as StaticString)
    writer.write(proposalType)
    writer.key("description" as StaticString)
    writer.write(description)
    if let capabilityID {
      writer.key("capability_id" as StaticString)
      writer.write(capabilityID)
    }
    if let changes {
      writer.key("changes" as StaticString)
      writer.write(changes)
    }
    if let patternID {
      writer.key("pattern_id" as StaticString)
      writer.write(patternID)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension EvolutionProposalGenerated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"evolution.proposal.generated","title":"A change was proposed","description":"Published once for each proposal.","x-version":"1.0","x-aggregate":"proposal_id","type":"object","required":["proposal_id","proposal_type","description"],"properties":{"proposal_id":{"type":"string","minLength":1,"description":"The proposal's id."},"proposal_type":{"type":"string","minLength":1,"description":"What kind of change it is, such as `circuit_breaker` or `time_limit`."},"description":{"type":"string","description":"The change and the reason for it, for people."},"capability_id":{"type":"string","description":"The capability to be changed, if it is one."},"changes":{"type":"object","description":"The settings to be changed and their new values."},"pattern_id":{"type":"string","description":"The pattern that it answers."}}}"#
}
