import RuntimeHost

/// Something that is wrong now and that somebody should know.
struct AlertCondition: Sendable, Equatable {
  /// What kind of thing: one open alert for each kind and subject.
  enum Kind: String, Sendable {
    case slowEventFlow = "slow_event_flow"
    case eventRateSpike = "event_rate_spike"
    case circuitOpen = "circuit_open"
    case failedDelivery = "failed_delivery"
  }

  var kind: Kind
  /// What it is about: an event type, a breaker, a handler.
  var subject: String
  var severity: String
  var details: JSONObject
}
