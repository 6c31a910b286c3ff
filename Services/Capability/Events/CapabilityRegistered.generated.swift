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
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    capabilityID: String, name: String, kind: Kind, version: String? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.capabilityID = capabilityID
    self.name = name
    self.kind = kind
    self.version = version
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
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CapabilityRegistered {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"capability.registered","title":"A capability was registered","description":"Published once for each capability.","x-version":"1.0","x-aggregate":"capability_id","type":"object","required":["capability_id","name","kind"],"properties":{"capability_id":{"type":"string","minLength":1,"description":"The capability's id."},"name":{"type":"string","minLength":1,"description":"The capability's name."},"kind":{"type":"string","enum":["builtin","http"],"description":"How it is executed: by code of the service itself, or by a call of an HTTP endpoint."},"version":{"type":"string","description":"The version of the capability's descriptor."}}}"#
}
