// Generated from schemas/capability.registered.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A capability was registered.
///
/// Published once for each capability.
///
/// The payload of `capability.registered`, version 1.0. Events of one `capability_id` keep their order.
public struct CapabilityRegistered: EventPayload, Hashable, Sendable {
  /// The capability's id.
  public var capabilityID: String
  /// The capability's name.
  public var name: String
  /// How it is executed: by code of the service itself, or by a call of an HTTP endpoint.
  public var kind: Kind
  /// The version of the capability's descriptor.
  public var version: String?
  /// The time limit of a call in force, in milliseconds.
  public var timeoutMs: Int?
  /// When its breaker opens and for how long.
  public var breaker: Breaker?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    capabilityID: String, name: String, kind: Kind, version: String? = nil, timeoutMs: Int? = nil,
    breaker: Breaker? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.capabilityID = capabilityID
    self.name = name
    self.kind = kind
    self.version = version
    self.timeoutMs = timeoutMs
    self.breaker = breaker
    self.unknownFields = unknownFields
  }

  /// How it is executed: by code of the service itself, or by a call of an HTTP endpoint.
  ///
  /// A value that this version of the schema does not name is kept as it is.
  public struct Kind: RawRepresentable, ExpressibleByStringLiteral, JSONCodable, Hashable, Sendable {
    /// The spelling in JSON.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.rawValue = value }
    public init(from reader: inout JSONReader) throws(JSONError) { rawValue = try reader.readString() }
    public func write(to writer: inout JSONWriter) { writer.write(rawValue) }

    public static let builtin = Kind(rawValue: "builtin")
    public static let http = Kind(rawValue: "http")
    /// The values that the schema names.
    public static let known: [Kind] = [.builtin, .http]
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

extension CapabilityRegistered {
  public static let eventType: EventType = "capability.registered"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { capabilityID }
}

extension CapabilityRegistered {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var capabilityID: String?
    var name: String?
    var kind: Kind?
    var version: String?
    var timeoutMs: Int?
    var breaker: Breaker?
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
      case "name":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        name = value
      case "kind":
        kind = try Kind(from: &reader)
      case "version":
        if try !reader.readIfNull() { version = try reader.readString() }
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
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let capabilityID else { throw JSONError.missingField("capability_id", at: start) }
    guard let name else { throw JSONError.missingField("name", at: start) }
    guard let kind else { throw JSONError.missingField("kind", at: start) }
    self.capabilityID = capabilityID
    self.name = name
    self.kind = kind
    self.version = version
    self.timeoutMs = timeoutMs
    self.breaker = breaker
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("capability_id" as StaticString)
    writer.write(capabilityID)
    writer.key("name" as StaticString)
    writer.write(name)
    writer.key("kind" as StaticString)
    kind.write(to: &writer)
    if let version {
      writer.key("version" as StaticString)
      writer.write(version)
    }
    if let timeoutMs {
      writer.key("timeout_ms" as StaticString)
      writer.write(timeoutMs)
    }
    if let breaker {
      writer.key("breaker" as StaticString)
      breaker.write(to: &writer)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CapabilityRegistered.Breaker {
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

extension CapabilityRegistered {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"capability.registered","title":"A capability was registered","description":"Published once for each capability.","x-version":"1.0","x-aggregate":"capability_id","type":"object","required":["capability_id","name","kind"],"properties":{"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"name":{"type":"string","minLength":1,"description":"The capability's name."},"kind":{"type":"string","enum":["builtin","http"],"description":"How it is executed: by code of the service itself, or by a call of an HTTP endpoint."},"version":{"type":"string","description":"The version of the capability's descriptor."},"timeout_ms":{"type":"integer","minimum":1,"description":"The time limit of a call in force, in milliseconds."},"breaker":{"type":"object","description":"When its breaker opens and for how long.","properties":{"failure_threshold":{"type":"integer","minimum":1,"description":"Failures in a row that open it."},"reset_timeout_ms":{"type":"integer","minimum":1,"description":"How long it stays open before a call probes, in milliseconds."}}}}}"#
}
