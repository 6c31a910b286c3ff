import Events
import JSON
import Storage

/// Makes a service's events and puts them into its outbox.
///
/// An event is made once: its id, its time and its bytes are the same however often it is sent. A value; any task
/// may use it.
public struct EventPublisher: Sendable {
  /// The largest event in bytes, its envelope included. A larger one belongs into a store of its own, with the event
  /// naming it.
  public static let maximumSize = 1 << 20

  let sourceService: String
  let rules: PublishingRules
  let relaySignal: Signal

  /// Publishes an event of the service's own.
  ///
  /// - Parameter metadata: As the event is to carry them, the version excepted.
  func publish(
    _ payload: some EventPayload, metadata: EventMetadata, at now: Timestamp, to outbox: OutboxWriter
  ) throws -> Event {
    try rules.check(type(of: payload).eventType)
    return try append(payload, metadata: metadata, at: now, to: outbox)
  }

  /// Publishes an event of the host's, such as `delivery.failed`, in a transaction of the host's.
  func publishHostEvent(
    _ payload: some EventPayload, metadata: EventMetadata, at now: Timestamp, in transaction: Transaction
  ) throws -> Event {
    try rules.checkHost(type(of: payload).eventType)
    return try append(payload, metadata: metadata, at: now, to: OutboxWriter(transaction, waking: relaySignal))
  }

  private func append<Payload: EventPayload>(
    _ payload: Payload, metadata: EventMetadata, at now: Timestamp, to outbox: OutboxWriter
  ) throws -> Event {
    let event = Event(
      payload, id: EventID.make(at: now), timestamp: now, sourceService: sourceService, metadata: metadata)
    try validate(event, as: Payload.self)
    let value = event.encoded()
    guard value.count <= Self.maximumSize else {
      throw PublishingError(
        .tooLarge, eventType: event.type,
        "\(event.type) has \(value.count) bytes; an event has at most \(Self.maximumSize)")
    }
    try outbox.append(event, key: payload.aggregateID, value: value)
    return event
  }

  /// Reads the payload as its consumers will: what they would refuse never leaves.
  private func validate<Payload: EventPayload>(_ event: Event, as _: Payload.Type) throws(PublishingError) {
    do throws(JSONError) {
      _ = try Payload(parsing: event.payload)
    } catch {
      throw PublishingError(.invalidPayload, eventType: event.type, "\(event.type): \(error)")
    }
  }
}
