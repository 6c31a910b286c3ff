import Events

/// A record with the event that it holds, once for all handlers that want it.
///
/// A class, since deliveries are moved around a good deal: a move costs one reference and not one for each text.
final class ReceivedEvent: Sendable {
  let record: DeliveredRecord
  let event: Event

  init(record: DeliveredRecord, event: Event) {
    self.record = record
    self.event = event
  }
}
