import JSON

/// Who and what an event belongs to. Every field may be missing in an event of another program.
public struct EventMetadata: Sendable, Hashable {
  /// The person on whose behalf it happened.
  public var userID: String?
  /// The agent that acted.
  public var agentID: String?
  /// The flow that it is part of: made where the flow starts, inherited by all that follows from it.
  public var correlationID: String?
  /// The version of the payload's schema; "1.0" where an event does not say.
  public var version: String
  /// The id of the event that caused this one.
  public var causationID: String?
  /// The W3C trace context, as its `traceparent` header is written.
  public var traceparent: String?
  /// What else came, as it came.
  public var unknownFields: UnknownFields

  public init(
    userID: String? = nil, agentID: String? = nil, correlationID: String? = nil, version: String = "1.0",
    causationID: String? = nil, traceparent: String? = nil, unknownFields: UnknownFields = UnknownFields()
  ) {
    self.userID = userID
    self.agentID = agentID
    self.correlationID = correlationID
    self.version = version
    self.causationID = causationID
    self.traceparent = traceparent
    self.unknownFields = unknownFields
  }
}

extension EventMetadata: JSONCodable {
  /// Reads an object, or a null for one without fields.
  public init(from reader: inout JSONReader) throws(JSONError) {
    self.init()
    try read(from: &reader)
  }

  /// Takes over what an object says; a null says nothing. In place, since a value that is made elsewhere is copied.
  mutating func read(from reader: inout JSONReader) throws(JSONError) {
    if try reader.readIfNull() { return }
    try reader.readObject { (reader, key) throws(JSONError) in
      if key == "user_id" {
        userID = try reader.readStringOrNull()
      } else if key == "agent_id" {
        agentID = try reader.readStringOrNull()
      } else if key == "correlation_id" {
        correlationID = try reader.readStringOrNull()
      } else if key == "version" {
        version = try reader.readStringOrNull() ?? "1.0"
      } else if key == "causation_id" {
        causationID = try reader.readStringOrNull()
      } else if key == "traceparent" {
        traceparent = try reader.readStringOrNull()
      } else {
        try unknownFields.read(key, from: &reader)
      }
    }
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let userID {
      writer.key("user_id")
      writer.write(userID)
    }
    if let agentID {
      writer.key("agent_id")
      writer.write(agentID)
    }
    if let correlationID {
      writer.key("correlation_id")
      writer.write(correlationID)
    }
    writer.key("version")
    writer.write(version)
    if let causationID {
      writer.key("causation_id")
      writer.write(causationID)
    }
    if let traceparent {
      writer.key("traceparent")
      writer.write(traceparent)
    }
    unknownFields.write(to: &writer)
    writer.endObject()
  }
}

extension JSONReader {
  mutating func readStringOrNull() throws(JSONError) -> String? {
    try readIfNull() ? nil : try readString()
  }
}
