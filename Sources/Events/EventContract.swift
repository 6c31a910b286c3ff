/// One version of one event type: what its payload looks like, to Swift and to everybody else.
public struct EventContract: Sendable {
  public let type: EventType
  public let version: String
  /// The payload's JSON Schema as text.
  public let schema: String
  public let payload: any EventPayload.Type

  public init(_ payload: any EventPayload.Type) {
    self.type = payload.eventType
    self.version = payload.schemaVersion
    self.schema = payload.schema
    self.payload = payload
  }
}
