import RuntimeHost

/// What a person decides: the list of proposals, approval and rejection.
struct ProposalRoutes: Sendable {
  let engine: EvolutionEngine
  private let proposals = ProposalStore()

  init(engine: EvolutionEngine) {
    self.engine = engine
  }

  func add(to routes: inout ServiceRoutes) {
    routes.define("Proposal", Proposal.schema)
    routes.define("Decision", Self.decisionSchema)
    routes.get(
      "/v1/evolution/proposals",
      Operation(
        id: "listProposals", summary: "Proposals, newest first", tag: "evolution",
        parameters: [.query("status", .string(enum: Proposal.Status.allCases.map(\.rawValue)))]
          + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("Proposal")))])
    ) { request, context in try await list(request, context) }
    routes.get(
      "/v1/evolution/proposals/{proposal_id}",
      Operation(
        id: "getProposal", summary: "One proposal with its evidence", tag: "evolution",
        parameters: [.path("proposal_id")], responses: [.ok: .json(.ref("Proposal"))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("proposal_id")
      guard let proposal = try await context.read({ try proposals.find(id, in: $0) }) else { throw Self.unknown(id) }
      return .json(proposal.answer)
    }
    routes.post(
      "/v1/evolution/proposals/{proposal_id}/approve",
      Operation(
        id: "approveProposal", summary: "Put a proposal in force",
        description: "The change goes to the capability service; the proposal is `implemented` when that has said so.",
        tag: "evolution", parameters: [.path("proposal_id")], requestBody: .ref("Decision"), isBodyRequired: false,
        responses: [.accepted: .json(Self.decided)], errors: [.notFound, .conflict])
    ) { request, context in
      try await decide(request, context) { id, person, tx in try engine.approve(id, by: person, in: tx) }
    }
    routes.post(
      "/v1/evolution/proposals/{proposal_id}/reject",
      Operation(
        id: "rejectProposal", summary: "Turn a proposal down", tag: "evolution", parameters: [.path("proposal_id")],
        requestBody: .ref("Decision"), isBodyRequired: false, responses: [.accepted: .json(Self.decided)],
        errors: [.notFound, .conflict])
    ) { request, context in
      try await decide(request, context) { id, person, tx in try engine.reject(id, by: person, in: tx) }
    }
  }

  private func list(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let page = try PageRequest(request)
    let status = request.query["status"]
    let before = try page.rowID
    let found = try await context.read { tx in
      try proposals.list(before: before, status: status, limit: page.limit + 1, in: tx)
    }
    return page.answer(found, \.answer)
  }

  private func decide(
    _ request: HTTPRequest, _ context: ServiceContext,
    _ body: @escaping @Sendable (String, String, ServiceTransaction) throws -> Proposal?
  ) async throws -> HTTPResponse {
    let id = try request.parameter("proposal_id")
    let person = request.body.isEmpty ? nil : try request.json()["decided_by"]?.stringValue
    let proposal = try await context.transaction { tx in try body(id, person ?? "unnamed", tx) }
    guard let proposal else { throw Self.unknown(id) }
    var answer = proposal.answer.objectValue ?? [:]
    answer["correlation_id"] = .string(context.correlationID)
    return .json(.object(answer), status: .accepted)
  }

  private static func unknown(_ id: String) -> Problem { .notFound("There is no proposal \(id).") }

  private static let decisionSchema = Schema.object([
    "decided_by": .string(minLength: 1, maxLength: 200).described("Who decides; kept with the proposal")
  ])

  private static let decided: Schema = {
    guard case .object(var fields, let required, let additional) = Proposal.schema else { return Proposal.schema }
    fields.all.append(.init(name: "correlation_id", schema: .string()))
    return .object(fields, required: required + ["correlation_id"], additional: additional)
  }()
}
