import AgentEvents
import RuntimeHost

/// Creates, shows and changes agents over HTTP.
struct AgentRoutes: Sendable {
  private let agents = AgentStore()

  func add(to routes: inout ServiceRoutes) {
    routes.define("Agent", Agent.schema)
    routes.post(
      "/v1/agents",
      Operation(
        id: "createAgent", summary: "Create an agent", tag: "agents", requestBody: Agent.newSchema,
        responses: [.created: .json(.ref("Agent"))])
    ) { request, context in try await create(request, context) }
    routes.get(
      "/v1/agents",
      Operation(
        id: "listAgents", summary: "Agents, oldest first", tag: "agents", parameters: PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("Agent")))])
    ) { request, context in
      let page = try PageRequest(request)
      let after = try page.rowID
      let found = try await context.read { tx in try agents.list(after: after, limit: page.limit + 1, in: tx) }
      return page.answer(found) { .object($0.answer) }
    }
    routes.get(
      "/v1/agents/{agent_id}",
      Operation(
        id: "getAgent", summary: "One agent", tag: "agents", parameters: [.path("agent_id")],
        responses: [.ok: .json(.ref("Agent"))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("agent_id")
      guard let agent = try await context.read({ tx in try agents.find(id, in: tx) }) else {
        throw Agent.unknown(id)
      }
      return .json(.object(agent.answer))
    }
    routes.patch(
      "/v1/agents/{agent_id}",
      Operation(
        id: "changeAgent", summary: "Change an agent", description: "Fields that are not named stay.", tag: "agents",
        parameters: [.path("agent_id")], requestBody: Agent.changesSchema,
        responses: [.ok: .json(.ref("Agent"))], errors: [.notFound])
    ) { request, context in try await change(request, context) }
  }

  private func create(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let body = try request.json()
    let id = EventID.make(prefix: "agent_", at: context.clock.now())
    let userID = body["user_id"]?.stringValue
    let context = context.acting(userID: userID, agentID: id)
    let agent = try await context.transaction { tx in
      let agent = Agent(
        id: id, name: body["name"]?.stringValue ?? "", capabilities: body["capabilities"]?.strings ?? [],
        userID: userID, createdAt: tx.now, updatedAt: tx.now)
      try agents.insert(agent, in: tx)
      try tx.publish(AgentCreated(agentID: id, name: agent.name, capabilities: agent.capabilities))
      return agent
    }
    return answer(agent, context, status: .created)
  }

  private func change(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let id = try request.parameter("agent_id")
    let body = try request.json()
    let agent = try await context.acting(agentID: id).transaction { tx in
      guard var agent = try agents.find(id, in: tx.database) else { throw Agent.unknown(id) }
      let old = agent
      if let name = body["name"]?.stringValue { agent.name = name }
      if let capabilities = body["capabilities"]?.strings { agent.capabilities = capabilities }
      if let userID = body["user_id"] { agent.userID = userID.stringValue }
      var fields: [String] = []
      if agent.name != old.name { fields.append("name") }
      if agent.capabilities != old.capabilities { fields.append("capabilities") }
      if agent.userID != old.userID { fields.append("user_id") }
      guard !fields.isEmpty else { return agent }
      agent.updatedAt = tx.now
      try agents.update(agent, in: tx)
      try tx.publish(
        AgentUpdated(
          agentID: id, updatedFields: fields,
          capabilities: agent.capabilities != old.capabilities ? agent.capabilities : nil,
          name: agent.name != old.name ? agent.name : nil))
      return agent
    }
    return answer(agent, context)
  }

  private func answer(_ agent: Agent, _ context: ServiceContext, status: HTTPStatus = .ok) -> HTTPResponse {
    var answer = agent.answer
    answer["correlation_id"] = .string(context.correlationID)
    return .json(.object(answer), status: status)
  }
}

extension JSONValue {
  fileprivate var strings: [String]? { arrayValue?.compactMap(\.stringValue) }
}
