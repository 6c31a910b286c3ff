/// An event whose payload has been read as `Payload`.
public struct TypedEvent<Payload: EventPayload>: Sendable {
  public let event: Event
  public let payload: Payload

  /// Puts together what belongs together; `payload` is taken to be the event's.
  public init(event: Event, payload: Payload) {
    self.event = event
    self.payload = payload
  }

  public var id: String { event.id }
  public var type: EventType { event.type }
  public var timestamp: Timestamp { event.timestamp }
  public var sourceService: String { event.sourceService }
  public var metadata: EventMetadata { event.metadata }
}
