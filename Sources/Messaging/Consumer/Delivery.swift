import Events

/// One event on its way to one handler.
struct Delivery: Sendable {
  /// The record that it came in, counted by the consumer.
  let recordID: Int
  /// The handler's place among the service's handlers.
  let handler: Int
  let received: ReceivedEvent
  /// Attempts that failed and count.
  var failures = 0
  /// Attempts that failed for want of the database or the transport, since the last that did not.
  var outages = 0

  init(recordID: Int, handler: Int, received: ReceivedEvent) {
    self.recordID = recordID
    self.handler = handler
    self.received = received
  }

  var record: DeliveredRecord { received.record }
  var event: Event { received.event }

  /// The lane that it keeps its place in; nil when the record has no key, and so no order to keep.
  var lane: LaneKey? {
    record.record.key.map { LaneKey(handler: handler, topic: record.record.topic, key: $0) }
  }
}

/// The events of one key, as one handler sees them: they are handled in order, one at a time.
struct LaneKey: Hashable, Sendable {
  let handler: Int
  let topic: String
  let key: String
}
