import JSON

/// An event's envelope, read once. The payload stays bytes until somebody who wants it decodes it.
///
/// What no field here names, in the envelope or its metadata, survives reading and writing byte for byte.
public struct Event: Sendable, Hashable {
  /// Names the event for ever: a UUIDv7 in events of ours, any text of 1 to 128 bytes in others'.
  public var id: String
  public var type: EventType
  /// When it happened.
  public var timestamp: Timestamp
  /// The service that published it, such as `memory-service`.
  public var sourceService: String
  /// A JSON object in UTF-8, as it came.
  public var payload: [UInt8]
  public var metadata: EventMetadata
  /// The envelope's other fields, as they came.
  public var unknownFields: UnknownFields

  /// The longest id in bytes.
  public static let maximumIDLength = 128

  /// - Parameter payload: One JSON object in UTF-8; the caller answers for it.
  public init(
    id: String = EventID.make(), type: EventType, timestamp: Timestamp = .now(), sourceService: String,
    payload: [UInt8], metadata: EventMetadata = EventMetadata(), unknownFields: UnknownFields = UnknownFields()
  ) {
    self.id = id
    self.type = type
    self.timestamp = timestamp
    self.sourceService = sourceService
    self.payload = payload
    self.metadata = metadata
    self.unknownFields = unknownFields
  }

  /// An event of `payload`'s type; the metadata's version becomes that of the payload's schema.
  public init<Payload: EventPayload>(
    _ payload: Payload, id: String = EventID.make(), timestamp: Timestamp = .now(), sourceService: String,
    metadata: EventMetadata = EventMetadata()
  ) {
    self.init(
      id: id, type: Payload.eventType, timestamp: timestamp, sourceService: sourceService,
      payload: payload.jsonBytes(), metadata: metadata)
    self.metadata.version = Payload.schemaVersion
  }

  /// Reads the payload as `type`'s; whether the event is of that type is the caller's to check.
  ///
  /// An error's path begins in the payload and its offset counts from the payload's first byte.
  @inlinable
  public func decode<Payload: EventPayload>(_ type: Payload.Type) throws(JSONError) -> Payload {
    try Payload(parsing: payload)
  }
}
