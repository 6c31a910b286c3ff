// Generated from schemas/circuit_breaker.call.rejected.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A circuit breaker rejected calls.
///
/// Published at a bounded rate, not once a call.
///
/// The payload of `circuit_breaker.call.rejected`, version 1.0. Events of one `service_name` keep their order.
public struct CircuitBreakerCallRejected: EventPayload, Hashable, Sendable {
  /// The name of what the breaker guards, such as a capability or an endpoint.
  public var serviceName: String
  /// The state that calls were rejected in: `CLOSED`, `OPEN` or `HALF_OPEN`.
  public var state: String
  /// How many calls were rejected since the last such event.
  public var rejectedCount: Int?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    serviceName: String, state: String, rejectedCount: Int? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.serviceName = serviceName
    self.state = state
    self.rejectedCount = rejectedCount
    self.unknownFields = unknownFields
  }
}

extension CircuitBreakerCallRejected {
  public static let eventType: EventType = "circuit_breaker.call.rejected"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { serviceName }
}

extension CircuitBreakerCallRejected {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var serviceName: String?
    var state: String?
    var rejectedCount: Int?
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
      case "state":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        state = value
      case "rejected_count":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 1 else {
            throw JSONError.constraint("minimum", "must be at least 1", at: place)
          }
          rejectedCount = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let serviceName else { throw JSONError.missingField("service_name", at: start) }
    guard let state else { throw JSONError.missingField("state", at: start) }
    self.serviceName = serviceName
    self.state = state
    self.rejectedCount = rejectedCount
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("service_name" as StaticString)
    writer.write(serviceName)
    writer.key("state" as StaticString)
    writer.write(state)
    if let rejectedCount {
      writer.key("rejected_count" as StaticString)
      writer.write(rejectedCount)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CircuitBreakerCallRejected {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"circuit_breaker.call.rejected","title":"A circuit breaker rejected calls","description":"Published at a bounded rate, not once a call.","x-version":"1.0","x-aggregate":"service_name","type":"object","required":["service_name","state"],"properties":{"service_name":{"type":"string","minLength":1,"description":"The name of what the breaker guards, such as a capability or an endpoint."},"state":{"type":"string","minLength":1,"description":"The state that calls were rejected in: `CLOSED`, `OPEN` or `HALF_OPEN`."},"rejected_count":{"type":"integer","minimum":1,"description":"How many calls were rejected since the last such event."}}}"#
}
