// Generated from schemas/capability.updated.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A capability's descriptor was changed.
///
/// Published once for each change.
///
/// The payload of `capability.updated`, version 1.0. Events of one `capability_id` keep their order.
public struct CapabilityUpdated: EventPayload, Hashable, Sendable {
  /// The capability's id.
  public var capabilityID: String
  /// The names of the fields that have changed, spelt as in the API.
  public var updatedFields: [String]
  /// The time limit of a call in force, in milliseconds.
  public var timeoutMs: Int?
  /// When its breaker opens and for how long.
  public var breaker: Breaker?
  /// The implementation of a proposal that asked for the change, where one did.
  public var implementationID: String?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    capabilityID: String, updatedFields: [String], timeoutMs: Int? = nil, breaker: Breaker? = nil,
    implementationID: String? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.capabilityID = capabilityID
    self.updatedFields = updatedFields
    self.timeoutMs = timeoutMs
    self.breaker = breaker
    self.implementationID = implementationID
    self.unknownFields = unknownFields
  }

  /// When its breaker opens and for how long.
  public struct Breaker: JSONCodable, Hashable, Sendable {
    /// Failures in a row that open it.
    public var failureThreshold: Int?
    /// How long it stays open before a call probes, in milliseconds.
    public var resetTimeoutMs: Int?
    /// The fields that the schema does not name, as they came.
    public var unknownFields: UnknownFields

    public init(
      failureThreshold: Int? = nil, resetTimeoutMs: Int? = nil, unknownFields: UnknownFields = UnknownFields()
    ) {
      self.failureThreshold = failureThreshold
      self.resetTimeoutMs = resetTimeoutMs
      self.unknownFields = unknownFields
    }
  }
}

extension CapabilityUpdated {
  public static let eventType: EventType = "capability.updated"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { capabilityID }
}

extension CapabilityUpdated {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var capabilityID: String?
    var updatedFields: [String]?
    var timeoutMs: Int?
    var breaker: Breaker?
    var implementationID: String?
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
      case "updated_fields":
        updatedFields = try reader.readArray(of: String.self)
      case "timeout_ms":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 1 else {
            throw JSONError.constraint("minimum", "must be at least 1", at: place)
          }
          timeoutMs = value
        }
      case "breaker":
        if try !reader.readIfNull() { breaker = try Breaker(from: &reader) }
      case "implementation_id":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readString()
          guard !value.isEmpty else {
            throw JSONError.constraint("minLength", "must not be empty", at: place)
          }
          implementationID = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let capabilityID else { throw JSONError.missingField("capability_id", at: start) }
    guard let updatedFields else { throw JSONError.missingField("updated_fields", at: start) }
    self.capabilityID = capabilityID
    self.updatedFields = updatedFields
    self.timeoutMs = timeoutMs
    self.breaker = breaker
    self.implementationID = implementationID
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("capability_id" as StaticString)
    writer.write(capabilityID)
    writer.key("updated_fields" as StaticString)
    writer.write(updatedFields)
    if let timeoutMs {
      writer.key("timeout_ms" as StaticString)
      writer.write(timeoutMs)
    }
    if let breaker {
      writer.key("breaker" as StaticString)
      breaker.write(to: &writer)
    }
    if let implementationID {
      writer.key("implementation_id" as StaticString)
      writer.write(implementationID)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CapabilityUpdated.Breaker {
  public init(from reader: inout JSONReader) throws(JSONError) {
    var failureThreshold: Int?
    var resetTimeoutMs: Int?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "failure_threshold":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 1 else {
            throw JSONError.constraint("minimum", "must be at least 1", at: place)
          }
          failureThreshold = value
        }
      case "reset_timeout_ms":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 1 else {
            throw JSONError.constraint("minimum", "must be at least 1", at: place)
          }
          resetTimeoutMs = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    self.failureThreshold = failureThreshold
    self.resetTimeoutMs = resetTimeoutMs
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let failureThreshold {
      writer.key("failure_threshold" as StaticString)
      writer.write(failureThreshold)
    }
    if let resetTimeoutMs {
      writer.key("reset_timeout_ms" as StaticString)
      writer.write(resetTimeoutMs)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CapabilityUpdated {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"capability.updated","title":"A capability's descriptor was changed","description":"Published once for each change.","x-version":"1.0","x-aggregate":"capability_id","type":"object","required":["capability_id","updated_fields"],"properties":{"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"updated_fields":{"type":"array","items":{"type":"string"},"description":"The names of the fields that have changed, spelt as in the API."},"timeout_ms":{"type":"integer","minimum":1,"description":"The time limit of a call in force, in milliseconds."},"breaker":{"type":"object","description":"When its breaker opens and for how long.","properties":{"failure_threshold":{"type":"integer","minimum":1,"description":"Failures in a row that open it."},"reset_timeout_ms":{"type":"integer","minimum":1,"description":"How long it stays open before a call probes, in milliseconds."}}},"implementation_id":{"type":"string","minLength":1,"description":"The implementation of a proposal that asked for the change, where one did."}}}"#
}
