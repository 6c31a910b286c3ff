import Events

/// Why an event was not published. The transaction that tried it is undone unless its closure catches the error.
public struct PublishingError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Hashable, Sendable {
    /// The type's domain belongs to another service.
    case foreignDomain
    /// The domain is the service's own, but the type is missing in what it says it publishes.
    case notDeclared
    /// The domain belongs to the host, which publishes its events by itself.
    case hostDomain
    /// The payload breaks its own schema, so no consumer could read it.
    case invalidPayload
    /// The event is larger than `EventPublisher.maximumSize`.
    case tooLarge
  }

  public let kind: Kind
  public let eventType: EventType
  /// One line that a person can act on; holds nothing of the payload's values.
  public let message: String

  public init(_ kind: Kind, eventType: EventType, _ message: String) {
    self.kind = kind
    self.eventType = eventType
    self.message = message
  }

  public var description: String { message }
}
