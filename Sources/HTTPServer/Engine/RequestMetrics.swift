import Synchronization
import Telemetry

/// Counts requests by route template, method and status.
final class RequestMetrics: Sendable {
  private struct Series: Sendable {
    let labels: [String: String]
    let duration: Timer
  }

  private let series: [Series]
  private let unmatched: Series
  private let registry: MetricsRegistry
  /// Counters by route and status; looked up without asking the registry.
  private let counters = Mutex<[Key: Counter]>([:])

  private struct Key: Hashable {
    var route: Int
    var status: Int
  }

  init(routes: [Route], registry: MetricsRegistry) {
    self.registry = registry
    series = routes.map { Self.series(["method": $0.method.name, "route": $0.path], registry) }
    unmatched = Self.series(["method": "", "route": "(none)"], registry)
  }

  /// - Parameter route: The route's place; nil for a request that no route took.
  func record(route: Int?, _ method: HTTPMethod, _ status: HTTPStatus, _ duration: Duration) {
    let series = route.map { self.series[$0] } ?? unmatched
    series.duration.record(duration)
    let counter = counters.withLock { counters in
      let key = Key(route: route ?? -1, status: status.code)
      if let known = counters[key] { return known }
      var labels = series.labels
      labels["status"] = String(status.code)
      let made = registry.counter("http_server_requests_total", labels: labels, help: "Requests answered")
      counters[key] = made
      return made
    }
    counter.increment()
  }

  private static func series(_ labels: [String: String], _ registry: MetricsRegistry) -> Series {
    Series(
      labels: labels,
      duration: registry.timer(
        "http_server_request_duration_seconds", labels: labels,
        help: "From the end of the header fields to the answer"))
  }
}
