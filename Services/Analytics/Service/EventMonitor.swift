import RuntimeHost

/// Watches every event: counts it, adds it to its flow, and notes what alerts are made of.
///
/// The host's inbox makes each event count once, and what is kept is in the database: a restart loses nothing and
/// counts nothing twice.
struct EventMonitor: Sendable {
  let settings: AnalyticsSettings
  let flows: FlowStore
  let counts = EventCounts()

  init(settings: AnalyticsSettings) {
    self.settings = settings
    flows = FlowStore(eventLimit: settings.flowEventLimit, slowAfter: settings.slowFlow)
  }

  func watch(_ events: [Event], in tx: ServiceTransaction) throws {
    try counts.count(events.map(\.type), at: tx.now, in: tx)
    try flows.add(events.compactMap { event in Self.flow(of: event).map { (event, $0) } }, in: tx)
    for event in events { try note(event, in: tx) }
  }

  /// The correlation id of the flow that an event is part of.
  private static func flow(of event: Event) -> String? {
    // What the monitor itself says of a flow is not part of it: the flow would never be quiet.
    guard event.type.domain != "analytics", let correlationID = event.metadata.correlationID,
      FlowStore.isUsable(correlationID)
    else { return nil }
    return correlationID
  }

  private func note(_ event: Event, in tx: ServiceTransaction) throws {
    switch event.type {
    case CircuitBreakerStateChanged.eventType: try note(event.decode(CircuitBreakerStateChanged.self), in: tx)
    case DeliveryFailed.eventType: try note(event.decode(DeliveryFailed.self), in: tx)
    case DeliveryResolved.eventType: try note(event.decode(DeliveryResolved.self), in: tx)
    default: break
    }
  }

  private func note(_ change: CircuitBreakerStateChanged, in tx: ServiceTransaction) throws {
    switch change.currentState {
    case "OPEN":
      try tx.execute(
        """
        INSERT INTO open_breakers (service_name, failure_count, opened_at) VALUES (?, ?, ?)
        ON CONFLICT (service_name) DO UPDATE SET failure_count = excluded.failure_count
        """, change.serviceName, change.failureCount, tx.now.microsecondsSinceEpoch)
    case "CLOSED":
      try tx.execute("DELETE FROM open_breakers WHERE service_name = ?", change.serviceName)
    default:
      break
    }
  }

  private func note(_ failure: DeliveryFailed, in tx: ServiceTransaction) throws {
    guard failure.status == "dead" else { return }
    try tx.execute(
      "INSERT INTO dead_deliveries (failed_delivery_id, handler, error) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      failure.failedDeliveryID, failure.handler, failure.error.replacing("\0", with: "\u{FFFD}"))
  }

  private func note(_ resolution: DeliveryResolved, in tx: ServiceTransaction) throws {
    try tx.execute("DELETE FROM dead_deliveries WHERE failed_delivery_id = ?", resolution.failedDeliveryID)
  }
}
