import Events
import Storage

/// A service's transaction under way: its state and its events, which become durable together or not at all.
///
/// Valid inside the closure that it was given to only, on the thread that runs it.
public final class ServiceTransaction {
  /// The storage transaction.
  public let database: Transaction
  /// One time for the whole transaction: for state and events alike.
  public let now: Timestamp
  private let flow: EventMetadata
  private let publisher: EventPublisher
  private let outbox: OutboxWriter

  init(_ database: Transaction, now: Timestamp, flow: EventMetadata, publisher: EventPublisher) {
    self.database = database
    self.now = now
    self.flow = flow
    self.publisher = publisher
    self.outbox = OutboxWriter(database, waking: publisher.relaySignal)
  }

  /// Publishes an event when the transaction has committed, and keeps trying until the transport has it.
  ///
  /// - Parameter metadata: What the event is to carry; what is open in it comes from the flow, as everything does
  ///   without it. The version is always the payload's.
  /// - Returns: The event as it is sent: its id, time and bytes do not change any more.
  /// - Throws: `PublishingError` when the event may not be published or cannot be.
  @discardableResult
  public func publish<Payload: EventPayload>(_ payload: Payload, metadata: EventMetadata? = nil) throws -> Event {
    try publisher.publish(payload, metadata: metadata?.inheriting(from: flow) ?? flow, at: now, to: outbox)
  }

  /// Publishes an event that another one has caused: it belongs to that one's flow, as the events that a handler of one
  /// event publishes do by themselves. For handlers of many events at once.
  @discardableResult
  public func publish<Payload: EventPayload>(_ payload: Payload, causedBy cause: Event) throws -> Event {
    // Where it is the handler's only one, the flow names the handler's span as well.
    if flow.causationID == cause.id { return try publish(payload) }
    return try publish(payload, metadata: EventMetadata(causedBy: cause))
  }
}
