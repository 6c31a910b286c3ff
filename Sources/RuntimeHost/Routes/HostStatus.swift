/// What an operator asks first: how each service stands.
struct HostStatus: Sendable {
  let host: RuntimeHost

  func answer() async -> JSONValue {
    let health = await host.transport?.health()
    let databaseFailure = await HostReadiness(host: host).databaseFailure()
    var services: [JSONValue] = []
    for service in host.services { services.append(await answer(of: service)) }
    return .object([
      "status": host.isReady ? "ready" : "not ready",
      "version": .string(RuntimeHost.version),
      "uptime_seconds": .number(host.uptime / .seconds(1)),
      "data_dir": host.dataFolder.map { .string($0.path) } ?? .null,
      "log": .object([
        "kind": .string(host.log.kind), "status": .string(health?.status.rawValue ?? "unavailable"),
        "detail": .string(health?.detail ?? ""),
      ]),
      "database": .object([
        "kind": .string(host.storage.kind), "status": databaseFailure == nil ? "healthy" : "unavailable",
        "detail": .string(databaseFailure ?? ""),
      ]),
      "services": .array(services),
    ])
  }

  private func answer(of service: RunningService) async -> JSONValue {
    let counts = (try? await service.consumer.failedDeliveries.count()) ?? [:]
    var failed = JSONObject()
    for status in FailedDelivery.Status.allCases { failed[status.rawValue] = JSONValue(counts[status] ?? 0) }
    let breakers = service.environment.circuitBreakers.map { breaker in
      JSONValue.object([
        "name": .string(breaker.name), "state": .string(breaker.state.rawValue),
        "failure_count": JSONValue(breaker.failureCount),
      ])
    }
    let lag = try? await service.consumer.lag().values.reduce(0, +)
    let pending = try? await service.relay.pending()
    let rejected = try? await service.relay.rejected()
    return .object([
      "name": .string(service.name), "ready": .bool(service.consumer.isReady),
      "lag": lag.map { .integer($0) } ?? .null, "outbox_pending": pending.map { JSONValue($0) } ?? .null,
      "outbox_rejected": rejected.map { JSONValue($0) } ?? .null, "failed_deliveries": .object(failed),
      "breakers": .array(breakers),
    ])
  }

  /// Sets the gauges that are read from databases, so that a scrape sees them as they are.
  func refreshMetrics() async {
    for service in host.services {
      let registry = service.environment.metrics
      _ = try? await service.relay.pending()
      _ = try? await service.relay.rejected()
      if let lag = try? await service.consumer.lag().values.reduce(0, +) {
        registry.gauge(
          "roost_consumer_lag", labels: ["service": service.name],
          help: "Records that the service has not finished with"
        ).set(Double(lag))
      }
      if let counts = try? await service.consumer.failedDeliveries.count() {
        // A status that nothing has any more must read 0, not what it was.
        for status in FailedDelivery.Status.allCases {
          registry.gauge(
            "roost_failed_deliveries", labels: ["service": service.name, "status": status.rawValue],
            help: "Failed deliveries"
          ).set(counts[status] ?? 0)
        }
      }
      for breaker in service.environment.circuitBreakers {
        registry.gauge(
          "roost_circuit_breaker_state", labels: ["service": service.name, "name": breaker.name],
          help: "0 closed, 1 half open, 2 open"
        ).set(breaker.state == .closed ? 0 : breaker.state == .halfOpen ? 1 : 2)
      }
    }
  }
}
