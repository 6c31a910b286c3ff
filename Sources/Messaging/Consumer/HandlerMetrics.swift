import Telemetry

/// What is counted of one handler.
struct HandlerMetrics: Sendable {
  let handled: Counter
  let duplicates: Counter
  let failures: Counter
  let duration: Timer

  init(service: String, handler: String, registry: MetricsRegistry) {
    func counter(_ outcome: String) -> Counter {
      registry.counter(
        "roost_events_handled_total", labels: ["service": service, "handler": handler, "outcome": outcome],
        help: "Attempts of handlers at events")
    }
    handled = counter("done")
    duplicates = counter("duplicate")
    failures = counter("failed")
    duration = registry.timer(
      "roost_handler_duration_seconds", labels: ["service": service, "handler": handler],
      help: "How long an attempt of a handler takes")
  }
}
