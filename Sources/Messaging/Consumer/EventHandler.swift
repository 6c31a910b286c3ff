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
  /// How many events it takes at once at most.
  let batch: Int
  /// Runs the handler on one event, or on as many as it takes. Throws `JSONError` when a payload does not fit the
  /// contract.
  let body: @Sendable ([Event], ServiceContext) async throws -> Void

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
    self.init(patterns, name: name, options: options, batch: 1) { events, context in
      for event in events { try await body(event, context) }
    }
  }

  /// A handler of many events of one type at once, whose payloads it sees as their Swift type; see the untyped form.
  public init<Payload: EventPayload>(
    _ payload: Payload.Type, name: String, options: HandlerOptions = HandlerOptions(), batch: Int,
    _ body: @escaping @Sendable ([TypedEvent<Payload>], ServiceContext) async throws -> Void
  ) {
    self.init([EventPattern(Payload.eventType)], name: name, options: options, batch: batch) { events, context in
      try await body(events.map { TypedEvent(event: $0, payload: try $0.decode(Payload.self)) }, context)
    }
  }

  /// A handler that takes many events at once: what an event costs is little beside what an attempt costs.
  ///
  /// They are of different keys, so the order of each key is kept. In its one transaction all of them take effect
  /// together. When the attempt fails, or one of them has taken effect before, each is handled by itself: one that
  /// fails does not hold up the others. The context of several belongs to none of them: what is published names its cause
  /// (`publish(_:causedBy:)`), and its span begins a trace of its own. What is published carries on its cause's trace.
  ///
  /// - Parameter batch: How many it takes at most; the options' concurrency is the bound on how many are at work.
  public init(
    _ patterns: [EventPattern], name: String, options: HandlerOptions = HandlerOptions(), batch: Int,
    _ body: @escaping @Sendable ([Event], ServiceContext) async throws -> Void
  ) {
    self.name = name
    self.patterns = patterns
    self.options = options
    self.batch = batch
    self.body = body
  }
}
