import JSON

extension Event {
  /// Reads an envelope. The payload is checked to be well-formed JSON, and not looked into.
  ///
  /// Metadata may be missing, empty or null. Of a field that comes twice the last one counts.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(EventError) {
    do throws(JSONError) {
      self = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try Event(from: &reader) }
    } catch {
      throw EventError(error)
    }
  }

  /// Reads an envelope from bytes that need not outlive the call.
  public init(parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()) throws(EventError) {
    do throws(JSONError) {
      self = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try Event(from: &reader) }
    } catch {
      throw EventError(error)
    }
  }
}

extension Event: JSONCodable {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let begin = reader.offset
    var id: String?
    var type: EventType?
    var timestamp: Timestamp?
    var sourceService: String?
    var payload: [UInt8]?
    var metadata = EventMetadata()
    var unknownFields = UnknownFields()
    try reader.readObject { (reader, key) throws(JSONError) in
      if key == "event_id" {
        id = try Event.readID(&reader)
      } else if key == "event_type" {
        type = try EventType(from: &reader)
      } else if key == "timestamp" {
        timestamp = try Timestamp(from: &reader)
      } else if key == "source_service" {
        sourceService = try reader.readString()
      } else if key == "payload" {
        payload = try Event.readPayload(&reader)
      } else if key == "metadata" {
        metadata = try EventMetadata(from: &reader)
      } else {
        try unknownFields.read(key, from: &reader)
      }
    }
    guard let id else { throw .missingField("event_id", at: begin) }
    guard let type else { throw .missingField("event_type", at: begin) }
    guard let timestamp else { throw .missingField("timestamp", at: begin) }
    guard let sourceService else { throw .missingField("source_service", at: begin) }
    guard let payload else { throw .missingField("payload", at: begin) }
    self.init(
      id: id, type: type, timestamp: timestamp, sourceService: sourceService, payload: payload, metadata: metadata,
      unknownFields: unknownFields)
  }

  private static func readID(_ reader: inout JSONReader) throws(JSONError) -> String {
    let offset = reader.offset
    let id = try reader.readString()
    guard 1...maximumIDLength ~= id.utf8.count else {
      throw .invalidValue("an event id has 1 to \(maximumIDLength) bytes, this one \(id.utf8.count)", at: offset)
    }
    return id
  }

  private static func readPayload(_ reader: inout JSONReader) throws(JSONError) -> [UInt8] {
    let kind = try reader.peekKind()
    guard kind == .object else {
      throw JSONError(.typeMismatch, at: reader.offset, "expected an object, found \(kind)")
    }
    return try reader.readRaw()
  }
}
