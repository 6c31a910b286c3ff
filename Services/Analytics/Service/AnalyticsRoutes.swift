import RuntimeHost

/// What people ask the event monitor.
struct AnalyticsRoutes: Sendable {
  let settings: AnalyticsSettings

  func add(to routes: inout ServiceRoutes) {
    routes.define("Flow", FlowRecord.schema)
    routes.define("FlowSummary", FlowRecord.summarySchema)
    routes.define("Alert", Alert.schema)
    routes.get(
      "/v1/flows/{correlation_id}",
      Operation(
        id: "getFlow", summary: "One flow, event by event",
        description: "Everything that followed from one write, in causal order, with the chain that took longest.",
        tag: "analytics", parameters: [.path("correlation_id")], responses: [.ok: .json(.ref("Flow"))],
        errors: [.notFound])
    ) { request, context in try await flow(request, context) }
    routes.get(
      "/v1/flows",
      Operation(
        id: "listFlows", summary: "The latest flows, newest first", tag: "analytics",
        parameters: [.query("status", .string(enum: ["open", "completed", "failed"]))] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("FlowSummary")))])
    ) { request, context in try await flows(request, context) }
    routes.get(
      "/v1/alerts",
      Operation(
        id: "listAlerts", summary: "Alerts, newest first", tag: "analytics",
        parameters: [.query("status", .string(enum: ["open", "resolved"]))] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("Alert")))])
    ) { request, context in try await alerts(request, context) }
    routes.get(
      "/v1/event-rates",
      Operation(
        id: "listEventRates", summary: "Counts and rates by event type",
        description: "Rates are events a minute. The baseline leaves out the last five minutes.", tag: "analytics",
        responses: [.ok: .json(Self.ratesSchema)])
    ) { _, context in try await rates(context) }
  }

  private func flow(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let correlationID = try request.parameter("correlation_id")
    let store = FlowStore(eventLimit: settings.flowEventLimit)
    let answer = try await context.read { tx -> JSONValue? in
      guard let record = try store.record(of: correlationID, in: tx) else { return nil }
      return try record.answer(with: try store.flow(of: record, in: tx))
    }
    guard let answer else {
      throw Problem.notFound("No event of the flow \(correlationID) was seen, or it is too long ago.")
    }
    return .json(answer)
  }

  private func flows(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let page = try PageRequest(request)
    let before = try page.rowID
    let status = request.query["status"]
    let found = try await context.read { tx in
      try FlowStore(eventLimit: settings.flowEventLimit).list(
        before: before, status: status, limit: page.limit + 1, in: tx)
    }
    return page.answer(found.map { ($0, $0.rowID) }) { .object($0.summary) }
  }

  private func alerts(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let page = try PageRequest(request)
    let before = try page.rowID
    let isOpen = request.query["status"].map { $0 == "open" }
    let found = try await context.read { tx in
      try AlertStore().list(before: before, isOpen: isOpen, limit: page.limit + 1, in: tx)
    }
    return page.answer(found, \.answer)
  }

  private func rates(_ context: ServiceContext) async throws -> HTTPResponse {
    let now = context.clock.now()
    let counts = try await context.read { tx in try EventCounts().read(at: now, in: tx) }
    return Page.response(items: counts.map(\.answer), next: nil)
  }

  private static let ratesSchema = Page.schema(
    of: .object(
      [
        "event_type": .string(), "count": .integer(), "rate_5m": .number(), "rate_60m": .number(),
        "baseline": .nullable(.number()),
      ], required: ["event_type", "count", "rate_5m", "rate_60m", "baseline"]))
}

extension EventTypeCount {
  fileprivate var answer: JSONValue {
    .object([
      "event_type": .string(type), "count": JSONValue(total), "rate_5m": .number(rate.perMinute),
      "rate_60m": .number(rate.perMinuteOverHour),
      "baseline": rate.baselinePerMinute.map { .number($0) } ?? .null,
    ])
  }
}
