import Events

/// What travels: an event's bytes, and beside them what is needed to route them without parsing.
public struct EventRecord: Sendable, Hashable {
  /// The event type's first segment.
  public var topic: String
  /// The aggregate's id. Records of one key keep their order; a record without one has no order to keep.
  public var key: String?
  /// The envelope as JSON in UTF-8, exactly as it is to be delivered.
  public var value: [UInt8]
  /// The header `event_type`; `nil` when another program wrote the record without it.
  public var eventType: String?
  /// The header `event_id`; `nil` when another program wrote the record without it.
  public var eventID: String?
  /// The headers beyond those two, and beyond those that follow from them (see `forEachHeader`).
  public var headers: EventHeaders

  public init(
    topic: String, key: String?, value: [UInt8], eventType: String? = nil, eventID: String? = nil,
    headers: EventHeaders = .init()
  ) {
    self.topic = topic
    self.key = key
    self.value = value
    self.eventType = eventType
    self.eventID = eventID
    self.headers = headers
  }

  /// The record of an event: its envelope, and headers that repeat what routes and traces it.
  ///
  /// - Parameter key: The aggregate's id. Empty stands for none.
  public init(_ event: Event, key: String) {
    self.init(
      topic: event.type.domain, key: key.isEmpty ? nil : key, value: event.encoded(), eventType: event.type.name,
      eventID: event.id, headers: EventHeaders(of: event))
  }
}
