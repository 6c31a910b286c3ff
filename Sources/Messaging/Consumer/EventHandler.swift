import Events

/// One handler of a service: which events it wants, and what it does with one.
///
/// Its name is part of the inbox: a handler that is renamed sees the events that are still in the log again.
public struct EventHandler: Sendable {
  /// Unique in its service.
  public let name: String
  public let pattern: EventPattern
  public let options: HandlerOptions
  /// Runs the handler on one event. Throws `JSONError` when the payload does not fit the contract.
  let body: @Sendable (Event, ServiceContext) async throws -> Void

  /// A handler of one event type, which sees the payload as its Swift type.
  public init<Payload: EventPayload>(
    _ payload: Payload.Type, name: String, options: HandlerOptions = HandlerOptions(),
    _ body: @escaping @Sendable (TypedEvent<Payload>, ServiceContext) async throws -> Void
  ) {
    self.init(EventPattern(Payload.eventType), name: name, options: options) { event, context in
      try await body(TypedEvent(event: event, payload: try event.decode(Payload.self)), context)
    }
  }

  /// A handler of every event whose type matches; it sees the payload as bytes.
  public init(
    _ pattern: EventPattern, name: String, options: HandlerOptions = HandlerOptions(),
    _ body: @escaping @Sendable (Event, ServiceContext) async throws -> Void
  ) {
    self.name = name
    self.pattern = pattern
    self.options = options
    self.body = body
  }
}
