import RuntimeHost

/// `GET /v1/graph/facts/{fact_id}/sources`.
enum SourceRoute {
  static func add(to routes: inout ServiceRoutes) {
    routes.get(
      "/v1/graph/facts/{fact_id}/sources",
      Operation(
        id: "listGraphFactSources", summary: "What a fact rests on",
        description: "In the order in which they were recorded; those that were withdrawn are told by `withdrawn_at`.",
        tag: "knowledge graph", parameters: [.path("fact_id")] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("GraphFactSource")))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("fact_id")
      let page = try PageRequest(request)
      let row = try page.cursor.map(row)
      let found = try await context.read { tx in try SourceReader(tx).page(of: id, after: row, limit: page.limit + 1) }
      guard let found else { throw Problem.notFound("There is no fact \(id).") }
      let shown = found.prefix(page.limit)
      return Page.response(
        items: shown.map(\.answer),
        next: found.count > page.limit ? shown.last.map { Cursor(["\($0.rowID)"]) } : nil)
    }
  }

  private static func row(_ cursor: Cursor) throws -> Int64 {
    guard cursor.parts.count == 1, let row = Int64(cursor.parts[0]) else {
      throw Problem.badRequest("The cursor is not one of this list.")
    }
    return row
  }
}
