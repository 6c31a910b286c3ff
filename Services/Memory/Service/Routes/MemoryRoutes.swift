import RuntimeHost

/// The memory API.
struct MemoryRoutes: Sendable {
  static let idempotencyKey = Parameter.header(
    "Idempotency-Key", .string(minLength: 1, maxLength: MemoryLimits.idempotencyKey),
    description: "A request that is sent again with the same key within 24 hours creates nothing more")
  static let ifMatch = Parameter.header(
    "If-Match", .string(), description: "The `ETag` that the change is meant for; another version is left alone")

  func add(to routes: inout ServiceRoutes) {
    routes.define("Memory", MemorySchemas.memory)
    routes.define("NewMemory", MemorySchemas.newMemory)
    routes.define("BatchMemory", MemorySchemas.batchMemory)
    addWriting(to: &routes)
    addReading(to: &routes)
    SearchRoute().add(to: &routes)
    ExtractionRoute().add(to: &routes)
  }

  private func addReading(to routes: inout ServiceRoutes) {
    routes.get(
      "/v1/memories",
      Operation(
        id: "listMemories", summary: "Memories, newest first", tag: "memories",
        parameters: [.query("user_id", .string()), .query("agent_id", .string())] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("Memory")))], errors: [.badRequest])
    ) { request, context in
      let page = try PageRequest(request)
      let before = try page.rowID
      let (userID, agentID) = (request.query["user_id"], request.query["agent_id"])
      let found = try await context.read { tx in
        try MemoryStore(in: tx).list(userID: userID, agentID: agentID, before: before, limit: page.limit + 1)
      }
      return page.answer(found.map { ($0, $0.rowID) }) { .object($0.json) }
    }
    routes.get(
      "/v1/memories/{memory_id}",
      Operation(
        id: "getMemory", summary: "One memory", tag: "memories", parameters: [.path("memory_id")],
        responses: [.ok: .json(.ref("Memory"))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("memory_id")
      guard let memory = try await context.read({ try MemoryStore(in: $0).memory(id) }) else {
        throw Problem.unknownMemory(id)
      }
      var response = HTTPResponse.json(.object(memory.json))
      response.headers.append("ETag", memory.entityTag)
      return response
    }
    routes.get(
      "/v1/memories/{memory_id}/history",
      Operation(
        id: "getMemoryHistory", summary: "Every version of a memory, oldest first",
        description: "A deleted memory's versions are listed without their text, which is erased.", tag: "memories",
        parameters: [.path("memory_id")] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: MemorySchemas.version))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("memory_id")
      let page = try PageRequest(request)
      let after = Int(try page.rowID ?? 0)
      let found = try await context.read { tx in
        try MemoryStore(in: tx).history(of: id, after: after, limit: page.limit + 1)
      }
      guard let found else { throw Problem.unknownMemory(id) }
      return page.answer(found.map { ($0, Int64($0.version)) }) { $0.json(memoryID: id) }
    }
  }
}
