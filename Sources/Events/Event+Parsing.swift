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
    // Filled in place: an envelope that is put together from parts is copied once more.
    self.init(
      id: "", type: Self.unread, timestamp: Timestamp(microsecondsSinceEpoch: 0), sourceService: "", payload: [])
    try read(from: &reader, begin: begin)
  }

  private mutating func read(from reader: inout JSONReader, begin: Int) throws(JSONError) {
    var missing = RequiredFields.all
    try reader.readObject { (reader, key) throws(JSONError) in
      if key == "event_id" {
        id = try Event.readID(&reader)
        missing.remove(.id)
      } else if key == "event_type" {
        type = try EventType(from: &reader)
        missing.remove(.type)
      } else if key == "timestamp" {
        timestamp = try Timestamp(from: &reader)
        missing.remove(.timestamp)
      } else if key == "source_service" {
        sourceService = try reader.readString()
        missing.remove(.sourceService)
      } else if key == "payload" {
        payload = try Event.readPayload(&reader)
        missing.remove(.payload)
      } else if key == "metadata" {
        metadata = EventMetadata()
        try metadata.read(from: &reader)
      } else {
        try unknownFields.read(key, from: &reader)
      }
    }
    if let name = missing.firstName { throw .missingField(name, at: begin) }
  }

  /// The fields that every event has, as the bits of a set.
  private struct RequiredFields: OptionSet {
    let rawValue: UInt8
    static let id = RequiredFields(rawValue: 1)
    static let type = RequiredFields(rawValue: 2)
    static let timestamp = RequiredFields(rawValue: 4)
    static let sourceService = RequiredFields(rawValue: 8)
    static let payload = RequiredFields(rawValue: 16)
    static let all: RequiredFields = [.id, .type, .timestamp, .sourceService, .payload]

    /// The name of the first of them in an envelope.
    var firstName: String? {
      let names = ["event_id", "event_type", "timestamp", "source_service", "payload"]
      return rawValue == 0 ? nil : names[rawValue.trailingZeroBitCount]
    }
  }

  /// What stands in `type` while an envelope is being read.
  private static let unread: EventType = "roost.unread"

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
