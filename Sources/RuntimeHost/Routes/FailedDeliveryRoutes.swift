/// What people do with failed deliveries, of all services of the host together.
struct FailedDeliveryRoutes: Sendable {
  let host: RuntimeHost

  func add(to router: inout Router) {
    router.define("FailedDelivery", FailedDelivery.schema)
    router.get(
      "/v1/failed-deliveries",
      Operation(
        id: "listFailedDeliveries", summary: "Deliveries that failed, newest first",
        description: "Open ones (waiting and dead) unless a status is asked for.", tag: "failed deliveries",
        parameters: Self.filterParameters + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("FailedDelivery")))], errors: [.badRequest])
    ) { request in try await list(request) }
    router.get(
      "/v1/failed-deliveries/{failed_delivery_id}",
      Operation(
        id: "getFailedDelivery", summary: "One failed delivery, with its bytes and what was done with it",
        tag: "failed deliveries", parameters: [.path("failed_delivery_id")],
        responses: [.ok: .json(.object(additional: .allowed))], errors: [.notFound])
    ) { request in
      let (service, delivery) = try await find(request)
      let acts = try await service.consumer.failedDeliveries.history(delivery.id)
      return .json(delivery.detail(acts))
    }
    addActs(to: &router)
    addActsOnMany(to: &router)
  }

  private func addActs(to router: inout Router) {
    router.post(
      "/v1/failed-deliveries/{failed_delivery_id}/retry",
      act("retryFailedDelivery", "Try a failed delivery again", body: Self.actor)
    ) { request in
      try await change(request) { service, delivery, body in
        try await service.consumer.failedDeliveries.retry(
          FailedDeliveryFilter(ids: [delivery.id]), by: Self.actor(of: body))
      }
    }
    router.post(
      "/v1/failed-deliveries/{failed_delivery_id}/edit",
      act(
        "editFailedDelivery", "Correct a failed delivery's payload and try it again",
        body: ["payload": .object(additional: .allowed), "actor": Self.name], required: ["payload"])
    ) { request in
      try await change(request) { service, delivery, body in
        let payload = body["payload"] ?? .null
        try await service.consumer.failedDeliveries.edit(
          delivery.id, payload: payload.serialized(), by: Self.actor(of: body))
      }
    }
    router.post(
      "/v1/failed-deliveries/{failed_delivery_id}/discard",
      act(
        "discardFailedDelivery", "Give a failed delivery up",
        body: ["reason": .string(maxLength: 1_000), "actor": Self.name])
    ) { request in
      try await change(request) { service, delivery, body in
        try await service.consumer.failedDeliveries.discard(
          FailedDeliveryFilter(ids: [delivery.id]), by: Self.actor(of: body), reason: body["reason"]?.stringValue)
      }
    }
  }

  private func addActsOnMany(to router: inout Router) {
    let counted = Schema.object(["count": .integer()], required: ["count"])
    let filter: [(String, Schema)] = [
      ("service", .string()), ("handler", .string()), ("event_type", .string()),
      ("status", .string(enum: ["waiting", "dead"])), ("actor", Self.name),
    ]
    func schema(_ more: (String, Schema)) -> Schema {
      var fields: Schema.Properties = [:]
      fields.all = (filter + [more]).map { .init(name: $0.0, schema: $0.1) }
      return .object(fields)
    }
    router.post(
      "/v1/failed-deliveries/retry",
      Operation(
        id: "retryFailedDeliveries", summary: "Try many failed deliveries again", tag: "failed deliveries",
        requestBody: schema(("rate", .integer(minimum: 1, maximum: 100_000))), isBodyRequired: false,
        responses: [.ok: .json(counted)], errors: [.badRequest])
    ) { request in
      let body = try Self.body(of: request)
      let filter = try Self.filter(body["event_type"], body["handler"], body["status"])
      return try await count(body) { service in
        try await service.consumer.failedDeliveries.retry(
          filter, by: Self.actor(of: body), rate: body["rate"]?.intValue)
      }
    }
    router.post(
      "/v1/failed-deliveries/discard",
      Operation(
        id: "discardFailedDeliveries", summary: "Give many failed deliveries up", tag: "failed deliveries",
        requestBody: schema(("reason", .string(maxLength: 1_000))), isBodyRequired: false,
        responses: [.ok: .json(counted)], errors: [.badRequest])
    ) { request in
      let body = try Self.body(of: request)
      let filter = try Self.filter(body["event_type"], body["handler"], body["status"])
      return try await count(body) { service in
        try await service.consumer.failedDeliveries.discard(
          filter, by: Self.actor(of: body), reason: body["reason"]?.stringValue)
      }
    }
  }

  private func act(
    _ id: String, _ summary: String, body: Schema.Properties, required: [String] = []
  ) -> Operation {
    Operation(
      id: id, summary: summary, tag: "failed deliveries", parameters: [.path("failed_delivery_id")],
      requestBody: .object(body, required: required), isBodyRequired: !required.isEmpty,
      responses: [.ok: .json(.ref("FailedDelivery"))], errors: [.notFound, .conflict])
  }

  private static let name = Schema.string(minLength: 1, maxLength: 200).described("Who does it; kept on record")
  private static let actor: Schema.Properties = ["actor": name]

  private static let filterParameters: [Parameter] = [
    .query("service", .string()), .query("handler", .string()), .query("event_type", .string()),
    .query("status", .string(enum: FailedDelivery.Status.allCases.map(\.rawValue))),
  ]

  private static func actor(of body: JSONObject) -> String { body["actor"]?.stringValue ?? "api" }

  private static func body(of request: HTTPRequest) throws(Problem) -> JSONObject {
    request.body.isEmpty ? [:] : try request.json().objectValue ?? [:]
  }

  private static func filter(
    _ type: JSONValue?, _ handler: JSONValue?, _ status: JSONValue?
  ) throws(Problem) -> FailedDeliveryFilter {
    FailedDeliveryFilter(
      handler: handler?.stringValue,
      eventType: try type?.stringValue.map { text throws(Problem) in try EventStream.pattern(text) },
      status: status?.stringValue.flatMap { FailedDelivery.Status(rawValue: $0) })
  }

  /// The newest of each service, put together; each service goes on behind its own last one.
  private func list(_ request: HTTPRequest) async throws -> HTTPResponse {
    let page = try PageRequest(request)
    let query = request.query
    let filter = try Self.filter(
      query["event_type"].map { .string($0) }, query["handler"].map { .string($0) }, query["status"].map { .string($0) }
    )
    var lasts = try FailedDeliveryCursor(page.cursor)
    var found: [FailedDelivery] = []
    for service in host.services where query["service"].map({ $0 == service.name }) ?? true {
      do {
        found += try await service.consumer.failedDeliveries.list(
          filter, after: lasts[service.name], limit: page.limit + 1)
      } catch let error as FailedDeliveryError where error.kind == .invalidCursor {
        throw Problem.badRequest("The cursor is not one of this list.")
      }
    }
    found.sort { ($0.firstFailedAt, $0.id) > ($1.firstFailedAt, $1.id) }
    let shown = found.prefix(page.limit)
    for delivery in shown { lasts[delivery.service] = delivery.id }
    return Page.response(items: shown.map(\.summary), next: found.count > page.limit ? lasts.cursor : nil)
  }

  private func find(_ request: HTTPRequest) async throws -> (RunningService, FailedDelivery) {
    let id = try request.parameter("failed_delivery_id")
    for service in host.services {
      if let delivery = try await service.consumer.failedDeliveries.get(id) { return (service, delivery) }
    }
    throw Problem.notFound("There is no failed delivery \(id).")
  }

  private func change(
    _ request: HTTPRequest, _ body: (RunningService, FailedDelivery, JSONObject) async throws -> Void
  ) async throws -> HTTPResponse {
    let (service, delivery) = try await find(request)
    guard delivery.status.isOpen else {
      throw Problem.conflict("The failed delivery \(delivery.id) is \(delivery.status.rawValue) already.")
    }
    do {
      try await body(service, delivery, try Self.body(of: request))
    } catch let error as FailedDeliveryError {
      throw error.kind == .notOpen ? Problem.conflict(error.message) : Problem.badRequest(error.message)
    }
    guard let changed = try await service.consumer.failedDeliveries.get(delivery.id) else {
      throw Problem.notFound("The failed delivery \(delivery.id) is gone.")
    }
    return .json(changed.summary)
  }

  private func count(
    _ body: JSONObject, _ act: (RunningService) async throws -> Int
  ) async throws -> HTTPResponse {
    let name = body["service"]?.stringValue
    var count = 0
    for service in host.services where name.map({ $0 == service.name }) ?? true { count += try await act(service) }
    return .json(["count": JSONValue(count)])
  }
}
