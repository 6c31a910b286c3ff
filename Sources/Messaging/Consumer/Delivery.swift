import Events

/// One event on its way to one handler.
struct Delivery: Sendable {
  /// The record that it came in, counted by the consumer.
  let recordID: Int
  /// The handler's place among the service's handlers.
  let handler: Int
  /// The lane that it keeps its place in; nil when the record has no key, and so no order to keep.
  let lane: LaneKey?
  let record: DeliveredRecord
  let event: Event
  /// Attempts that failed and count.
  var failures = 0
  /// Attempts that failed for want of the database or the transport, since the last that did not.
  var outages = 0
}

/// The events of one key, as one handler sees them: they are handled in order, one at a time.
struct LaneKey: Hashable, Sendable {
  let handler: Int
  let topic: String
  let key: String
}
