import RuntimeHost

/// Reads from the monitor's tables what is wrong now.
struct AlertConditions: Sendable {
  /// Conditions of one kind beyond this many are not looked at: a storm is one thing to be told of, not thousands.
  static let limit = 100

  let settings: AnalyticsSettings

  func read(at now: Timestamp, in tx: Transaction) throws -> [AlertCondition] {
    try slowFlows(at: now, in: tx) + spikes(at: now, in: tx) + openBreakers(in: tx) + deadDeliveries(in: tx)
  }

  /// Slow flows by the type of their first event, told by the slowest of the last while.
  private func slowFlows(at now: Timestamp, in tx: Transaction) throws -> [AlertCondition] {
    try tx.query(
      """
      SELECT first_type, flow_count, correlation_id, duration, event_count, final_type
      FROM (
        SELECT first_type, correlation_id, ended_at - stretch_started_at AS duration, event_count, final_type,
          count(*) OVER (PARTITION BY first_type) AS flow_count,
          row_number() OVER (PARTITION BY first_type ORDER BY ended_at - stretch_started_at DESC, id) AS place
        FROM flows WHERE slow_at > ?) AS slow
      WHERE place = 1 ORDER BY first_type LIMIT ?
      """, (now - settings.alertResolveAfter).microsecondsSinceEpoch, Self.limit
    ) { row in
      AlertCondition(
        kind: .slowEventFlow, subject: try row.string(0), severity: "warning",
        details: [
          "slow_flows": .integer(try row.int64(1)),
          "correlation_id": .string(try row.string(2)),
          "duration_seconds": .number(Double(try row.int64(3)) / 1_000_000),
          "event_count": .integer(try row.int64(4)),
          "final_event": .string(try row.string(5)),
        ])
    }
  }

  private func spikes(at now: Timestamp, in tx: Transaction) throws -> [AlertCondition] {
    try EventCounts().read(at: now, in: tx).filter { settings.spikes.isSpike($0.rate) }.prefix(Self.limit).map {
      count in
      let baseline = count.rate.baselinePerMinute ?? 0
      return AlertCondition(
        kind: .eventRateSpike, subject: count.type, severity: "warning",
        details: [
          "event_type": .string(count.type),
          "current_rate": .number(count.rate.perMinute),
          "baseline_rate": .number(baseline),
          "increase_factor": baseline > 0 ? .number(count.rate.perMinute / baseline) : .null,
        ])
    }
  }

  private func openBreakers(in tx: Transaction) throws -> [AlertCondition] {
    try tx.query(
      "SELECT service_name, failure_count FROM open_breakers ORDER BY opened_at DESC LIMIT ?", Self.limit
    ) { row in
      let name = try row.string(0)
      let failures = try row.optionalInt64(1).map { JSONValue.integer($0) } ?? .null
      return AlertCondition(
        kind: .circuitOpen, subject: name, severity: "critical",
        details: ["service_name": .string(name), "failure_count": failures])
    }
  }

  /// Dead deliveries by handler, told by the newest.
  private func deadDeliveries(in tx: Transaction) throws -> [AlertCondition] {
    try tx.query(
      """
      SELECT handler, delivery_count, failed_delivery_id, error
      FROM (
        SELECT handler, failed_delivery_id, error, count(*) OVER (PARTITION BY handler) AS delivery_count,
          row_number() OVER (PARTITION BY handler ORDER BY failed_delivery_id DESC) AS place
        FROM dead_deliveries) AS dead
      WHERE place = 1 ORDER BY handler LIMIT ?
      """, Self.limit
    ) { row in
      AlertCondition(
        kind: .failedDelivery, subject: try row.string(0), severity: "critical",
        details: [
          "dead": .integer(try row.int64(1)),
          "failed_delivery_id": .string(try row.string(2)),
          "error": .string(try row.string(3)),
        ])
    }
  }
}
