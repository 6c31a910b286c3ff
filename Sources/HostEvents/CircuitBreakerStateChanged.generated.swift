// Generated from schemas/circuit_breaker.state.changed.json by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events
import JSON

/// A circuit breaker changed its state.
///
/// Published at each change.
///
/// The payload of `circuit_breaker.state.changed`, version 1.0. Events of one `service_name` keep their order.
public struct CircuitBreakerStateChanged: EventPayload, Hashable, Sendable {
  /// The name of what the breaker guards, such as a capability or an endpoint.
  public var serviceName: String
  /// The state before: `CLOSED`, `OPEN` or `HALF_OPEN`.
  public var previousState: String
  /// The state now: `CLOSED`, `OPEN` or `HALF_OPEN`.
  public var currentState: String
  /// Consecutive failures counted at the change.
  public var failureCount: Int?
  /// The fields that the schema does not name, as they came.
  public var unknownFields: UnknownFields

  public init(
    serviceName: String, previousState: String, currentState: String, failureCount: Int? = nil,
    unknownFields: UnknownFields = UnknownFields()
  ) {
    self.serviceName = serviceName
    self.previousState = previousState
    self.currentState = currentState
    self.failureCount = failureCount
    self.unknownFields = unknownFields
  }
}

extension CircuitBreakerStateChanged {
  public static let eventType: EventType = "circuit_breaker.state.changed"
  public static var schemaVersion: String { "1.0" }
  public var aggregateID: String { serviceName }
}

extension CircuitBreakerStateChanged {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let start = reader.offset
    var serviceName: String?
    var previousState: String?
    var currentState: String?
    var failureCount: Int?
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
      case "previous_state":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        previousState = value
      case "current_state":
        let place = reader.offset
        let value = try reader.readString()
        guard !value.isEmpty else {
          throw JSONError.constraint("minLength", "must not be empty", at: place)
        }
        currentState = value
      case "failure_count":
        if try !reader.readIfNull() {
          let place = reader.offset
          let value = try reader.readInt()
          guard value >= 0 else {
            throw JSONError.constraint("minimum", "must be at least 0", at: place)
          }
          failureCount = value
        }
      default: try unknownFields.read(key, from: &reader)
      }
    }
    guard let serviceName else { throw JSONError.missingField("service_name", at: start) }
    guard let previousState else { throw JSONError.missingField("previous_state", at: start) }
    guard let currentState else { throw JSONError.missingField("current_state", at: start) }
    self.serviceName = serviceName
    self.previousState = previousState
    self.currentState = currentState
    self.failureCount = failureCount
    self.unknownFields = unknownFields
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("service_name" as StaticString)
    writer.write(serviceName)
    writer.key("previous_state" as StaticString)
    writer.write(previousState)
    writer.key("current_state" as StaticString)
    writer.write(currentState)
    if let failureCount {
      writer.key("failure_count" as StaticString)
      writer.write(failureCount)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension CircuitBreakerStateChanged {
  public static let schema = #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"circuit_breaker.state.changed","title":"A circuit breaker changed its state","description":"Published at each change.","x-version":"1.0","x-aggregate":"service_name","type":"object","required":["service_name","previous_state","current_state"],"properties":{"service_name":{"type":"string","minLength":1,"description":"The name of what the breaker guards, such as a capability or an endpoint."},"previous_state":{"type":"string","minLength":1,"description":"The state before: `CLOSED`, `OPEN` or `HALF_OPEN`."},"current_state":{"type":"string","minLength":1,"description":"The state now: `CLOSED`, `OPEN` or `HALF_OPEN`."},"failure_count":{"type":"integer","minimum":0,"description":"Consecutive failures counted at the change."}}}"#
}
