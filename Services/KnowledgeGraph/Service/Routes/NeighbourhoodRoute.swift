import RuntimeHost

/// `GET /v1/graph/entities/{entity_id}/neighbourhood`.
enum NeighbourhoodRoute {
  static func add(to routes: inout ServiceRoutes) {
    routes.get(
      "/v1/graph/entities/{entity_id}/neighbourhood",
      Operation(
        id: "getGraphNeighbourhood", summary: "The facts within some steps of an entity",
        description: "As of a valid time and a known time, whichever way the facts point.", tag: "knowledge graph",
        parameters: [
          .path("entity_id"),
          .query(
            "depth", .integer(minimum: 0, maximum: Int64(GraphLimits.depth)),
            description: "How many facts away from the entity; 1 when it is not given"),
        ] + AsOf.parameters,
        responses: [.ok: .json(.ref("GraphNeighbourhood"))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("entity_id")
      let depth = try request.query.int("depth") ?? 1
      let asOf = try AsOf(request)
      let found = try await context.read { tx in
        try Neighbourhood(of: try EntityReader(tx).known(id), depth: depth, asOf: asOf, in: tx)
      }
      return .json(found.answer)
    }
  }
}
