// Generated from schemas/circuit_breaker.call.failed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A call through a circuit breaker failed.
///
/// Published for each failure that counts.
///
/// The payload of `circuit_breaker.call.failed`, version 1.0. Events of one `service_name` keep their order.
public struct CircuitBreakerCallFailed: EventPayload, Hashable, Sendable {
  /// The name of what the breaker guards, such as a capability or an endpoint.
  public var serviceName: String
  /// Consecutive failures, this one included.
  public var failureCount: Int
  /// What went wrong, in one line for people.
  public var error: String
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(serviceName: String, failureCount: Int, error: String, unknownFields: UnknownFields = UnknownFields()) {
    self.serviceName = serviceName
    self.failureCount = failureCount
    self.error = error
    self.unknownFields = unknownFields
  }
}

extension CircuitBreakerCallFailed {
  public static let eventType: EventType = "circuit_breaker.call.failed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { serviceName }
}

extension CircuitBreakerCallFailed {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var serviceName: String?
    var failureCount: Int?
    var error: String?
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      switch key {
      case "service_name":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        serviceName = value
      case "failure_count":
        let place = reader.offset
        let value = try reader.readInt()
        guard value >= 0 else {
          throw JSONError.constraint("minimum", "must be at least 0", at: place)
        }
        failureCount = value
      case "error":
        error = try reader.readString()
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let serviceName else { throw JSONError.missingField("service_name", at: start) }
    guard let failureCount else { throw JSONError.missingField("failure_count", at: start) }
    guard let error else { throw JSONError.missingField("error", at: start) }
    self.serviceName = serviceName
    self.failureCount = failureCount
    self.error = error
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("service_name" as StaticString)
    writer.write(serviceName)
    writer.key("failure_count" as StaticString)
    writer.write(failureCount)
    writer.key("error" as StaticString)
    writer.write(error)
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CircuitBreakerCallFailed {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"circuit_breaker.call.failed","title":"A call through a circuit breaker failed","description":"Published for each failure that counts.","x-version":"1.0","x-aggregate":"service_name","type":"object","required":["service_name","failure_count","error"],"properties":{"service_name":{"type":"string","minLength":1,"description":"The name of what the breaker guards, such as a capability or an endpoint."},"failure_count":{"type":"integer","minimum":0,"description":"Consecutive failures, this one included."},"error":{"type":"string","description":"What went wrong, in one line for people."}}}"#
}
