import Events

/// One handler of a service: which events it wants, and what it does with one.
///
/// Its name is part of the inbox: a handler that is renamed sees the events that are still in the log again.
public struct EventHandler: Sendable {
  /// Unique in its service.
  public let name: String
  /// What it wants: events whose type matches at least one.
  public let patterns: [EventPattern]
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
    self.init([pattern], name: name, options: options, body)
  }

  /// A handler of events of several types, which it takes in one order for each key: two handlers would each have an
  /// order of their own.
  public init(
    _ patterns: [EventPattern], name: String, options: HandlerOptions = HandlerOptions(),
    _ body: @escaping @Sendable (Event, ServiceContext) async throws -> Void
  ) {
    self.name = name
    self.patterns = patterns
    self.options = options
    self.body = body
  }
}
