import AgentEvents
import RuntimeHost

/// Asks for executions and shows them over HTTP.
struct ExecutionRoutes: Sendable {
  /// The most bytes of an input as JSON: it travels in an event.
  static let inputLimit = 786_432

  private let agents = AgentStore()
  private let executions = ExecutionStore()

  func add(to routes: inout ServiceRoutes) {
    routes.define("Execution", Execution.schema)
    routes.post(
      "/v1/agents/{agent_id}/executions",
      start(
        "executeForAgent", path: .path("agent_id"),
        body: .object(["capability_id": Self.id, "input": .any], required: ["capability_id"]))
    ) { request, context in
      let capabilityID = try request.json()["capability_id"]?.stringValue ?? ""
      return try await start(request, agentID: request.parameter("agent_id"), capabilityID: capabilityID, context)
    }
    routes.post(
      "/v1/capabilities/{capability_id}/executions",
      start(
        "executeCapability", path: .path("capability_id", Self.id),
        body: .object(["agent_id": Self.id, "input": .any], required: ["agent_id"]))
    ) { request, context in
      let agentID = try request.json()["agent_id"]?.stringValue ?? ""
      return try await start(request, agentID: agentID, capabilityID: request.parameter("capability_id"), context)
    }
    routes.get("/v1/agents/{agent_id}/executions", list("listAgentExecutions", path: "agent_id")) { request, context in
      try await list(request, of: .agent(request.parameter("agent_id")), context)
    }
    routes.get(
      "/v1/capabilities/{capability_id}/executions", list("listCapabilityExecutions", path: "capability_id")
    ) { request, context in
      try await list(request, of: .capability(request.parameter("capability_id")), context)
    }
    routes.get(
      "/v1/capabilities/{capability_id}/executions/{execution_id}",
      Operation(
        id: "getExecution", summary: "One execution", tag: "executions",
        parameters: [.path("capability_id"), .path("execution_id")], responses: [.ok: .json(.ref("Execution"))],
        errors: [.notFound])
    ) { request, context in try await get(request, context) }
  }

  private static let id = Schema.string(format: .withoutNul, minLength: 1, maxLength: 128)

  private func start(_ id: String, path: Parameter, body: Schema) -> Operation {
    Operation(
      id: id, summary: "Have a capability executed",
      description: "Answers at once; the execution ends later, with `agent.capability.execution.completed` or "
        + "`.failed`. A request that comes again with its Idempotency-Key starts nothing more.",
      tag: "executions",
      parameters: [
        path,
        .header(
          "Idempotency-Key", .string(minLength: 1, maxLength: 255), description: "The agent's name for this execution"),
      ], requestBody: body, responses: [.accepted: .json(.ref("Execution"))],
      errors: [.forbidden, .notFound, .contentTooLarge, .unprocessableContent])
  }

  private func list(_ id: String, path: String) -> Operation {
    Operation(
      id: id, summary: "Executions, newest first", tag: "executions",
      parameters: [.path(path)] + PageRequest.parameters,
      responses: [.ok: .json(Page.schema(of: .ref("Execution")))])
  }

  private func start(
    _ request: HTTPRequest, agentID: String, capabilityID: String, _ context: ServiceContext
  ) async throws -> HTTPResponse {
    let input = try request.json()["input"]
    if let input, input.serialized().count > Self.inputLimit {
      throw Problem(.contentTooLarge, detail: "An input has at most \(Self.inputLimit) bytes.")
    }
    let key = request.headers["idempotency-key"]
    guard let agent = try await context.read({ tx in try agents.find(agentID, in: tx) }) else {
      throw Agent.unknown(agentID)
    }
    let context = context.acting(userID: agent.userID, agentID: agentID)
    let id = EventID.make(prefix: "exec_", at: context.clock.now())
    let (execution, isReplay) = try await context.transaction { tx in
      if let key, let earlier = try executions.find(agentID: agentID, idempotencyKey: key, in: tx.database) {
        guard earlier.capabilityID == capabilityID, earlier.input == input else {
          throw Problem(
            .unprocessableContent, type: "idempotency-key-reused",
            detail: "The Idempotency-Key belongs to another execution: \(earlier.id).")
        }
        return (earlier, true)
      }
      // Read again: it may have been changed meanwhile.
      guard try agents.find(agentID, in: tx.database)?.mayUse(capabilityID) ?? false else {
        throw Problem(.forbidden, detail: "The agent \(agentID) may not use the capability \(capabilityID).")
      }
      let execution = Execution(
        id: id, agentID: agentID, capabilityID: capabilityID, input: input, correlationID: context.correlationID,
        idempotencyKey: key, startedAt: tx.now)
      try executions.insert(execution, in: tx)
      try tx.publish(
        AgentCapabilityExecutionStarted(agentID: agentID, capabilityID: capabilityID, executionID: id, input: input))
      return (execution, false)
    }
    var response = HTTPResponse.json(.object(execution.answer), status: .accepted)
    response.headers["Location"] = "/v1/capabilities/\(capabilityID.asPathSegment)/executions/\(execution.id)"
    if isReplay { response.headers["Idempotency-Replayed"] = "true" }
    return response
  }

  private func list(
    _ request: HTTPRequest, of owner: ExecutionStore.Owner, _ context: ServiceContext
  ) async throws -> HTTPResponse {
    let page = try PageRequest(request)
    let before = try page.rowID
    let found = try await context.read { tx in
      if case .agent(let id) = owner, try agents.find(id, in: tx) == nil { throw Agent.unknown(id) }
      return try executions.list(of: owner, before: before, limit: page.limit + 1, in: tx)
    }
    return page.answer(found) { .object($0.answer) }
  }

  private func get(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let (capabilityID, id) = (try request.parameter("capability_id"), try request.parameter("execution_id"))
    let execution = try await context.read { tx in try executions.find(id, in: tx) }
    guard let execution, execution.capabilityID == capabilityID else {
      throw Problem.notFound("There is no execution \(id) of the capability \(capabilityID).")
    }
    return .json(.object(execution.answer))
  }
}
