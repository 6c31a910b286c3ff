import RuntimeHost

/// `GET /v1/graph/paths`.
enum PathRoute {
  static func add(to routes: inout ServiceRoutes) {
    routes.get(
      "/v1/graph/paths",
      Operation(
        id: "listGraphPaths", summary: "The shortest paths between two entities",
        description: "All are equally short. Of several facts between two entities a path takes the surest.",
        tag: "knowledge graph",
        parameters: [
          .query("from", .string(minLength: 1), required: true, description: "An entity's id"),
          .query("to", .string(minLength: 1), required: true, description: "An entity's id"),
          .query(
            "max_depth", .integer(minimum: 0, maximum: Int64(GraphLimits.depth)),
            description: "The most facts in a path; \(GraphLimits.depth) when it is not given"),
          .query("limit", .integer(minimum: 1, maximum: 20), description: "The most paths; 5 when it is not given"),
        ] + AsOf.parameters,
        responses: [.ok: .json(.ref("GraphPaths"))], errors: [.notFound])
    ) { request, context in
      guard let from = request.query["from"], let to = request.query["to"] else {
        throw Problem.badRequest("The query parameters from and to are needed.")
      }
      let length = try request.query.int("max_depth") ?? GraphLimits.depth
      let limit = try request.query.int("limit") ?? 5
      let asOf = try AsOf(request)
      let search = try await context.read { tx in
        let entities = EntityReader(tx)
        return try PathSearch(
          from: try entities.known(from), to: try entities.known(to), maximumLength: length, limit: limit, asOf: asOf,
          in: tx)
      }
      return .json(search.answer)
    }
  }
}
