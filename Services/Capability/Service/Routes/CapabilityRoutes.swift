import CapabilityEvents
import RuntimeHost

/// Registers, shows and changes capabilities over HTTP.
struct CapabilityRoutes: Sendable {
  let settings: CapabilitySettings
  private let capabilities = CapabilityStore()
  private let calls = CallStore()

  init(settings: CapabilitySettings) {
    self.settings = settings
  }

  func add(to routes: inout ServiceRoutes) {
    routes.define("Capability", Capability.schema)
    routes.define("CapabilityHealth", CapabilityHealth.schema)
    routes.post(
      "/v1/capabilities",
      Operation(
        id: "registerCapability", summary: "Register a capability",
        description: "A built-in of the service, or an HTTP endpoint that takes the input as JSON and answers with "
          + "the result.",
        tag: "capabilities", requestBody: Capability.newSchema, responses: [.created: .json(.ref("Capability"))],
        errors: [.conflict])
    ) { request, context in try await register(request, context) }
    routes.get(
      "/v1/capabilities",
      Operation(
        id: "listCapabilities", summary: "Capabilities, oldest first", tag: "capabilities",
        parameters: PageRequest.parameters, responses: [.ok: .json(Page.schema(of: .ref("Capability")))])
    ) { request, context in try await list(request, context) }
    routes.get(
      "/v1/capabilities/{capability_id}",
      Operation(
        id: "getCapability", summary: "A capability and how its newest calls went", tag: "capabilities",
        parameters: [.path("capability_id")], responses: [.ok: .json(.ref("Capability"))], errors: [.notFound])
    ) { request, context in try await get(request, context) }
    routes.patch(
      "/v1/capabilities/{capability_id}",
      Operation(
        id: "changeCapability", summary: "Change a capability", description: "Fields that are not named stay.",
        tag: "capabilities", parameters: [.path("capability_id")], requestBody: Capability.changesSchema,
        responses: [.ok: .json(.ref("Capability"))], errors: [.notFound, .conflict])
    ) { request, context in try await change(request, context) }
  }

  private func register(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let edit = try CapabilityEdit(request, settings: settings)
    let id = EventID.make(prefix: "cap_", at: context.clock.now())
    let capability = try await context.transaction { tx in
      let capability = try edit.capability(id: id, at: tx.now)
      try checkName(of: capability, in: tx)
      try capabilities.insert(capability, in: tx)
      try tx.publish(CapabilityRegistered(capability))
      return capability
    }
    return answer(capability, context, status: .created)
  }

  private func list(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let page = try PageRequest(request)
    let after = try page.rowID
    let found = try await context.read { tx in try capabilities.list(after: after, limit: page.limit + 1, in: tx) }
    return page.answer(found) { .object($0.answer) }
  }

  private func get(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let id = try request.parameter("capability_id")
    let found = try await context.read { tx in
      try capabilities.find(id, in: tx).map { (capability: $0, health: try calls.health(of: id, in: tx)) }
    }
    guard let found else { throw Self.unknown(id) }
    let breaker = context.breaker(found.capability.breakerName, configuration: found.capability.limits.breaker)
    var answer = found.capability.answer
    answer["health"] = found.health.answer(circuit: breaker.state)
    return .json(.object(answer))
  }

  private func change(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let id = try request.parameter("capability_id")
    let edit = try CapabilityEdit(request, settings: settings)
    let capability = try await context.transaction { tx in
      guard var capability = try capabilities.find(id, in: tx.database) else { throw Self.unknown(id) }
      let fields = try edit.apply(to: &capability)
      if !fields.isEmpty {
        try checkName(of: capability, in: tx)
        try capabilities.update(&capability, in: tx)
        try tx.publish(CapabilityUpdated(capability, updatedFields: fields))
      }
      return capability
    }
    context.reconfigureBreaker(capability.breakerName, capability.limits.breaker)
    return answer(capability, context)
  }

  private func checkName(of capability: Capability, in tx: ServiceTransaction) throws {
    if let other = try capabilities.find(name: capability.name, in: tx.database), other.id != capability.id {
      throw Problem.conflict("Another capability has the name \(capability.name): \(other.id).")
    }
  }

  private func answer(
    _ capability: Capability, _ context: ServiceContext, status: HTTPStatus = .ok
  ) -> HTTPResponse {
    var answer = capability.answer
    answer["correlation_id"] = .string(context.correlationID)
    return .json(.object(answer), status: status)
  }

  private static func unknown(_ id: String) -> Problem { .notFound("There is no capability \(id).") }
}
