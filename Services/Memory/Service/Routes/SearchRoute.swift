import MemoryEvents
import RuntimeHost

/// Searches by words and by entity. Each search is published as `memory.searched`; turning its pages is not.
struct SearchRoute: Sendable {
  func add(to routes: inout ServiceRoutes) {
    routes.get(
      "/v1/memories/search",
      Operation(
        id: "searchMemories", summary: "Find memories by words or by entity",
        description: "Each hit says why it was found. Pages of one search fit together for an hour.", tag: "memories",
        parameters: [
          .query("q", .string(minLength: 1, maxLength: 4_096), description: "Words, in any order; case makes no odds"),
          .query("entity", .string(minLength: 1, maxLength: 1_024), description: "A name that the text must mention"),
          .query(
            "match", .string(enum: ["any", "all"]), description: "Whether one of the words will do; any by default"),
          .query("user_id", .string()), .query("agent_id", .string()),
          .query("filters", .string(maxLength: 4_096), description: "A JSON object: labels that the memory must have"),
          .query("from", .string(format: .dateTime), description: "Created at this moment or later"),
          .query("to", .string(format: .dateTime), description: "Created before this moment"),
        ] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: MemorySchemas.hit))], errors: [.badRequest])
    ) { request, context in
      let page = try PageRequest(request)
      return try await page.cursor == nil ? search(request, page, context) : turn(request, page, context)
    }
  }

  private func search(
    _ request: HTTPRequest, _ page: PageRequest, _ context: ServiceContext
  ) async throws -> HTTPResponse {
    let query = try Self.query(request)
    guard query.hasCriterion else { throw Problem.badRequest("A search needs q, entity or both.") }
    let (matches, hits) = try await context.read { tx in
      let search = MemorySearch(in: tx)
      let matches = try search.matches(for: query)
      return (matches, try search.hits(for: Array(matches.prefix(page.limit)), of: query))
    }
    let hasMore = matches.count > page.limit
    let searchID = EventID.make(prefix: "search_", at: context.clock.now())
    try await context.acting(userID: query.userID, agentID: query.agentID).transaction { tx in
      if hasMore { try SearchPages(in: tx.database).save(matches, of: query, searchID: searchID, at: tx.now) }
      try tx.publish(
        MemorySearched(
          searchID: searchID, query: query.words ?? query.entity ?? "",
          filters: query.narrowing.isEmpty ? nil : .object(query.narrowing), resultCount: matches.count))
    }
    return Page.response(items: hits.map(\.json), next: hasMore ? Cursor([searchID, "\(page.limit)"]) : nil)
  }

  /// Goes on in a ranking that is kept. The query may be left out, or given again as it was.
  private func turn(
    _ request: HTTPRequest, _ page: PageRequest, _ context: ServiceContext
  ) async throws -> HTTPResponse {
    let asked = try Self.query(request)
    let refusal = Problem.badRequest("The cursor is not one of a search, or the search is more than an hour old.")
    let now = context.clock.now()
    guard let parts = page.cursor?.parts, parts.count == 2, let start = Int(parts[1]), start >= 0 else { throw refusal }
    let found = try await context.read { tx -> (hits: [SearchHit], hasMore: Bool)? in
      guard let (query, matches) = try SearchPages(in: tx).search(parts[0], at: now) else { return nil }
      guard asked == SearchQuery() || asked == query else {
        throw Problem.badRequest("The cursor belongs to a search for something else.")
      }
      let wanted = matches.dropFirst(start).prefix(page.limit)
      return (
        try MemorySearch(in: tx).hits(for: Array(wanted), of: query), matches.count > start + page.limit
      )
    }
    guard let found else { throw refusal }
    return Page.response(
      items: found.hits.map(\.json), next: found.hasMore ? Cursor([parts[0], "\(start + page.limit)"]) : nil)
  }

  private static func query(_ request: HTTPRequest) throws(Problem) -> SearchQuery {
    var query = SearchQuery()
    query.words = request.query["q"]
    query.entity = request.query["entity"]
    query.match = request.query["match"].flatMap { SearchQuery.Match(rawValue: $0) } ?? .any
    query.userID = request.query["user_id"]
    query.agentID = request.query["agent_id"]
    query.from = try time("from", request)
    query.to = try time("to", request)
    if let text = request.query["filters"] {
      guard let filters = (try? JSONValue(parsing: text))?.objectValue else {
        throw Problem.badRequest("The query parameter filters is not a JSON object.")
      }
      query.filters = filters
    }
    return query
  }

  private static func time(_ name: String, _ request: HTTPRequest) throws(Problem) -> Timestamp? {
    guard let text = request.query[name] else { return nil }
    do throws(TimestampError) { return try Timestamp(parsing: text) } catch {
      throw Problem.badRequest("\(name): \(error.description)")
    }
  }
}
