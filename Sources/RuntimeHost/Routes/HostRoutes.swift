/// The routes that every host has, whatever services it runs.
struct HostRoutes: Sendable {
  let host: RuntimeHost
  let document: OpenAPIAnswer

  func add(to router: inout Router) {
    addHealth(to: &router)
    addEvents(to: &router)
    FailedDeliveryRoutes(host: host).add(to: &router)
  }

  private func addHealth(to router: inout Router) {
    router.get(
      "/health/live",
      Operation(
        id: "getLiveness", summary: "Whether the process works", tag: "host",
        responses: [.ok: .json(Self.statusSchema)])
    ) { _ in .json(["status": "ok"]) }
    router.get(
      "/health/ready",
      Operation(
        id: "getReadiness", summary: "Whether it takes requests and events", tag: "host",
        responses: [.ok: .json(Self.statusSchema), .serviceUnavailable: .json(Self.statusSchema)])
    ) { _ in
      guard let reason = await HostReadiness(host: host).reasonToWait() else { return .json(["status": "ready"]) }
      return .json(["status": "not ready", "detail": .string(reason)], status: .serviceUnavailable)
    }
    router.get(
      "/metrics",
      Operation(
        id: "getMetrics", summary: "Prometheus metrics", tag: "host",
        responses: [.ok: .content(type: "text/plain", description: "The text exposition format")])
    ) { _ in
      await HostStatus(host: host).refreshMetrics()
      return .text(host.metricsText, contentType: "text/plain; version=0.0.4; charset=utf-8")
    }
    router.get(
      "/openapi.json",
      Operation(
        id: "getOpenAPI", summary: "This document", tag: "host",
        responses: [.ok: .json(.object(additional: .allowed))])
    ) { _ in document.response }
    router.get(
      "/v1/status",
      Operation(
        id: "getStatus", summary: "What an operator asks first",
        description: "For each service: lag, outbox, failed deliveries and breakers.", tag: "host",
        responses: [.ok: .json(.object(additional: .allowed))])
    ) { _ in .json(await HostStatus(host: host).answer()) }
  }

  private static let statusSchema = Schema.object(
    ["status": .string(), "detail": .string()], required: ["status"])

  private func addEvents(to router: inout Router) {
    router.get(
      "/v1/events",
      Operation(
        id: "streamEvents", summary: "Events as they happen",
        description: """
          Server-sent events: `id` is the place in the log, `event` the event's type, `data` the event. A client that \
          sends the last id as `Last-Event-ID` goes on behind it.
          """,
        tag: "host",
        parameters: [
          .query(
            "pattern", .string(minLength: 1, maxLength: 255), description: "Such as `memory.*`; `*` is everything"),
          .query(
            "from", .string(enum: ["beginning", "end"]),
            description: "Where to begin without `Last-Event-ID`; `end` when it is not given"),
          .header("Last-Event-ID", .string(maxLength: 1_024), description: "Where to go on"),
        ],
        responses: [.ok: .events(.object(additional: .allowed))], errors: [.badRequest, .serviceUnavailable])
    ) { request in
      guard let transport = host.transport else { throw Problem(.serviceUnavailable) }
      return try await EventStream(transport: transport).response(to: request)
    }
  }
}
