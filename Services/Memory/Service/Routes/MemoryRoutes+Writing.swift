import RuntimeHost

extension MemoryRoutes {
  func addWriting(to routes: inout ServiceRoutes) {
    routes.post(
      "/v1/memories",
      Operation(
        id: "createMemory", summary: "Store a memory",
        description: "What follows from it carries the answer's `correlation_id`: see /v1/flows/{correlation_id}.",
        tag: "memories", parameters: [Self.idempotencyKey], requestBody: .ref("NewMemory"),
        responses: [.created: .json(MemorySchemas.writtenMemory)], errors: [.conflict])
    ) { request, context in try await create(request, context) }
    routes.post(
      "/v1/memories/batch",
      Operation(
        id: "createMemories", summary: "Store up to \(MemoryLimits.batch) memories",
        description: "Each has an outcome of its own: one that is refused does not keep the others from being stored.",
        tag: "memories", requestBody: MemorySchemas.batch, responses: [.ok: .json(MemorySchemas.outcomes)])
    ) { request, context in try await createMany(request, context) }
    routes.patch(
      "/v1/memories/{memory_id}",
      Operation(
        id: "updateMemory", summary: "Change a memory", tag: "memories",
        parameters: [.path("memory_id"), Self.ifMatch], requestBody: MemorySchemas.memoryChange,
        responses: [.ok: .json(MemorySchemas.writtenMemory)], errors: [.notFound, .preconditionFailed])
    ) { request, context in
      let id = try request.parameter("memory_id")
      let change = try MemoryChange(try request.json())
      let tag = request.ifMatch
      let memory = try await context.transaction { tx in
        try MemoryCommands(tx: tx).update(id, with: change, ifMatch: tag)
      }
      return Self.answer(memory, correlationID: context.correlationID, status: .ok)
    }
    routes.delete(
      "/v1/memories/{memory_id}",
      Operation(
        id: "deleteMemory", summary: "Delete a memory",
        description: "Its text is erased from every version; what rested on it alone is withdrawn from the graph.",
        tag: "memories", parameters: [.path("memory_id"), Self.ifMatch],
        responses: [.ok: .json(MemorySchemas.deletion)], errors: [.notFound, .preconditionFailed])
    ) { request, context in
      let id = try request.parameter("memory_id")
      let tag = request.ifMatch
      let (version, time) = try await context.transaction { tx in
        (try MemoryCommands(tx: tx).delete(id, ifMatch: tag), tx.now)
      }
      return .json([
        "memory_id": .string(id), "version": JSONValue(version), "deleted_at": .string(time.description),
        "correlation_id": .string(context.correlationID),
      ])
    }
  }

  private func create(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let draft = try MemoryDraft(try request.json())
    let key = try request.headers["idempotency-key"].map { text throws(Problem) in
      try IdempotencyKey(text, userID: draft.userID)
    }
    let created = try await context.transaction { tx in
      try MemoryCommands(tx: tx).create(draft, key: key, correlationID: context.correlationID)
    }
    var response = Self.answer(created.memory, correlationID: created.correlationID, status: .created)
    response.headers.append("Location", "/v1/memories/\(created.memory.id)")
    if created.isReplay { response.headers.append("Idempotency-Replayed", "true") }
    return response
  }

  private static func answer(_ memory: Memory, correlationID: String, status: HTTPStatus) -> HTTPResponse {
    var response = HTTPResponse.json(.object(memory.json(correlationID: correlationID)), status: status)
    response.headers.append("ETag", memory.entityTag)
    return response
  }

  // MARK: Batches

  /// A memory of a batch that may be stored, or what is wrong with it.
  private struct Wanted: Sendable {
    var draft: MemoryDraft
    var key: IdempotencyKey?
  }

  private func createMany(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let wanted = (try request.json()["memories"]?.arrayValue ?? []).map(Self.read)
    let outcomes = try await context.transaction { tx in try Self.store(wanted, in: tx) }
    return .json(.object(["items": .array(outcomes.map(Self.answer))]))
  }

  private typealias Outcome = Result<MemoryCommands.Created, Problem>

  /// Stores what may be, in order: what stands side by side without keys goes in together.
  private static func store(_ wanted: [Result<Wanted, Problem>], in tx: ServiceTransaction) throws -> [Outcome] {
    let commands = MemoryCommands(tx: tx)
    var outcomes: [Outcome] = []
    var together: [(draft: MemoryDraft, correlationID: String)] = []
    func storeTogether() throws {
      outcomes += try commands.create(together).map(Outcome.success)
      together = []
    }
    for wanted in wanted {
      switch wanted {
      case .success(let wanted) where wanted.key == nil:
        together.append((wanted.draft, EventID.make(prefix: "corr_", at: tx.now)))
      case .success(let wanted):
        try storeTogether()
        do {
          outcomes.append(
            .success(
              try commands.create(
                wanted.draft, key: wanted.key, correlationID: EventID.make(prefix: "corr_", at: tx.now))))
        } catch let problem as Problem {
          // Thrown before anything is written, so there is nothing to undo.
          outcomes.append(.failure(problem))
        }
      case .failure(let problem):
        try storeTogether()
        outcomes.append(.failure(problem))
      }
    }
    try storeTogether()
    return outcomes
  }

  private static func read(_ body: JSONValue) -> Result<Wanted, Problem> {
    do throws(Problem) {
      let violations = MemorySchemas.batchMemory.validate(body)
      guard violations.isEmpty else { throw Problem.invalid(violations) }
      let draft = try MemoryDraft(body)
      let key = try body["idempotency_key"]?.stringValue.map { text throws(Problem) in
        try IdempotencyKey(text, userID: draft.userID)
      }
      return .success(Wanted(draft: draft, key: key))
    } catch {
      return .failure(error)
    }
  }

  private static func answer(_ outcome: Result<MemoryCommands.Created, Problem>) -> JSONValue {
    switch outcome {
    case .success(let created):
      var object: JSONObject = ["status": JSONValue(HTTPStatus.created.code)]
      for (key, value) in created.memory.json(correlationID: created.correlationID) { object[key] = value }
      if created.isReplay { object["replayed"] = true }
      return .object(object)
    case .failure(let problem):
      return .object(["status": JSONValue(problem.status.code), "problem": problem.document])
    }
  }
}

extension HTTPRequest {
  /// The entity tags of `If-Match`, which may come as several fields; nil when there is none.
  fileprivate var ifMatch: String? {
    let fields = headers.all("if-match")
    return fields.isEmpty ? nil : fields.joined(separator: ",")
  }
}
