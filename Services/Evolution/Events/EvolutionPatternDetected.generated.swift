// Generated from schemas/evolution.pattern.detected.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A pattern was detected in what happened.
///
/// Published once for each pattern, with the evidence for it.
///
/// The payload of `evolution.pattern.detected`, version 1.0. Events of one `pattern_id` keep their order.
public struct EvolutionPatternDetected: EventPayload, Hashable, Sendable {
  /// The pattern's id.
  public var patternID: String
  /// What was noticed, such as `failing_capability`.
  public var patternType: String
  /// How sure the detection is, from 0 to 1.
  public var confidence: Double
  /// The evidence: event ids, measurements, any JSON.
  public var dataPoints: [JSONValue]
  /// What the pattern is about, such as a capability's id.
  public var subject: String?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    patternID: String, patternType: String, confidence: Double, dataPoints: [JSONValue], subject: String? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.patternID = patternID
    self.patternType = patternType
    self.confidence = confidence
    self.dataPoints = dataPoints
    self.subject = subject
    self.unknownFields = unknownFields
  }
}

extension EvolutionPatternDetected {
  public static let eventType: EventType = "evolution.pattern.detected"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { patternID }
}

extension EvolutionPatternDetected {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var patternID: String?
    var patternType: String?
    var confidence: Double?
    var dataPoints: [JSONValue]?
    var subject: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "pattern_id":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        patternID = value
      case "pattern_type":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        patternType = value
      case "confidence":
        let place = reader.offset
        let value = try reader.readDouble()
        guard value >= 0.0 else {
          throw JSONError.constraint("minimum", "must be at least 0.0", at: place)
        }
        guard value <= 1.0 else {
          throw JSONError.constraint("maximum", "must be at most 1.0", at: place)
        }
        confidence = value
      case "data_points":
        dataPoints = try reader.readArray(of: JSONValue.self)
      case "subject":
        if try !reader.readIfNull() { subject = try reader.readString() }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let patternID else { throw JSONError.missingField("pattern_id", at: start) }
    guard let patternType else { throw JSONError.missingField("pattern_type", at: start) }
    guard let confidence else { throw JSONError.missingField("confidence", at: start) }
    guard let dataPoints else { throw JSONError.missingField("data_points", at: start) }
    self.patternID = patternID
    self.patternType = patternType
    self.confidence = confidence
    self.dataPoints = dataPoints
    self.subject = subject
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("pattern_id" as StaticString)
    writer.write(patternID)
    writer.key("pattern_type" as StaticString)
    writer.write(patternType)
    writer.key("confidence" as StaticString)
    writer.write(confidence)
    writer.key("data_points" as StaticString)
    writer.write(dataPoints)
    if let subject {
      writer.key("subject" as StaticString)
      writer.write(subject)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension EvolutionPatternDetected {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"evolution.pattern.detected","title":"A pattern was detected in what happened","description":"Published once for each pattern, with the evidence for it.","x-version":"1.0","x-aggregate":"pattern_id","type":"object","required":["pattern_id","pattern_type","confidence","data_points"],"properties":{"pattern_id":{"type":"string","minLength":1,"description":"The pattern's id."},"pattern_type":{"type":"string","minLength":1,"description":"What was noticed, such as `failing_capability`."},"confidence":{"type":"number","minimum":0,"maximum":1,"description":"How sure the detection is, from 0 to 1."},"data_points":{"type":"array","items":{},"description":"The evidence: event ids, measurements, any JSON."},"subject":{"type":"string","description":"What the pattern is about, such as a capability's id."}}}"#
}
