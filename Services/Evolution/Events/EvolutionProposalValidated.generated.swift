// Generated from schemas/evolution.proposal.validated.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A proposal was validated against what was recorded.
///
/// Published once for each validation.
///
/// The payload of `evolution.proposal.validated`, version 1.0. Events of one `proposal_id` keep their order.
public struct EvolutionProposalValidated: EventPayload, Hashable, Sendable {
  /// The proposal's id.
  public var proposalID: String
  /// The verdict, such as `passed` or `failed`.
  public var validationResult: String
  /// How well it did: higher is better, 0 is no better than what is in force.
  public var score: Double
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    proposalID: String, validationResult: String, score: Double, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.proposalID = proposalID
    self.validationResult = validationResult
    self.score = score
    self.unknownFields = unknownFields
  }
}

extension EvolutionProposalValidated {
  public static let eventType: EventType = "evolution.proposal.validated"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { proposalID }
}

extension EvolutionProposalValidated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var proposalID: String?
    var validationResult: String?
    var score: Double?
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
      case "validation_result":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        validationResult = value
      case "score":
        score = try reader.readDouble()
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let proposalID else { throw JSONError.missingField("proposal_id", at: start) }
    guard let validationResult else { throw JSONError.missingField("validation_result", at: start) }
    guard let score else { throw JSONError.missingField("score", at: start) }
    self.proposalID = proposalID
    self.validationResult = validationResult
    self.score = score
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("proposal_id" as StaticString)
    writer.write(proposalID)
    writer.key("validation_result" as StaticString)
    writer.write(validationResult)
    writer.key("score" as StaticString)
    writer.write(score)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension EvolutionProposalValidated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"evolution.proposal.validated","title":"A proposal was validated against what was recorded","description":"Published once for each validation.","x-version":"1.0","x-aggregate":"proposal_id","type":"object","required":["proposal_id","validation_result","score"],"properties":{"proposal_id":{"type":"string","minLength":1,"description":"The proposal's id."},"validation_result":{"type":"string","minLength":1,"description":"The verdict, such as `passed` or `failed`."},"score":{"type":"number","description":"How well it did: higher is better, 0 is no better than what is in force."}}}"#
}
