import RuntimeHost

/// `GET /v1/graph/entities` and one of them.
enum EntityRoutes {
  static func add(to routes: inout ServiceRoutes) {
    routes.get(
      "/v1/graph/entities",
      Operation(
        id: "listGraphEntities", summary: "Entities, those with the most facts first",
        description: "With a name, those that are written so; case, punctuation and diacritics do not count.",
        tag: "knowledge graph",
        parameters: [
          .query("name", .string(minLength: 1, maxLength: NameKey.nameLimit)),
          .query("type", .string(minLength: 1), description: "For example `person`"),
        ] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("GraphEntity")))]),
      handler: list)
    routes.get(
      "/v1/graph/entities/{entity_id}",
      Operation(
        id: "getGraphEntity", summary: "One entity", tag: "knowledge graph", parameters: [.path("entity_id")],
        responses: [.ok: .json(.ref("GraphEntityDetail"))], errors: [.notFound]),
      handler: get)
  }

  @Sendable private static func list(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let page = try PageRequest(request)
    let position = try page.cursor.map(position)
    let type = request.query["type"]
    var key: NameKey?
    if let name = request.query["name"] {
      key = NameKey(name)
      // A name without a letter names nothing.
      if key == nil { return Page.response(items: [], next: nil) }
    }
    let found = try await context.read { [key] tx in
      try EntityReader(tx).page(key: key, type: type, after: position, limit: page.limit + 1)
    }
    let shown = found.prefix(page.limit)
    return Page.response(
      items: shown.map(\.answer),
      next: found.count > page.limit ? shown.last.map { Cursor(["\($0.factCount)", $0.entityID]) } : nil)
  }

  private static func position(_ cursor: Cursor) throws -> EntityPosition {
    guard cursor.parts.count == 2, let count = Int(cursor.parts[0]) else {
      throw Problem.badRequest("The cursor is not one of this list.")
    }
    return EntityPosition(factCount: count, entityID: cursor.parts[1])
  }

  @Sendable private static func get(_ request: HTTPRequest, _ context: ServiceContext) async throws -> HTTPResponse {
    let id = try request.parameter("entity_id")
    return .json(try await context.read { tx in try EntityReader(tx).known(id) }.detailAnswer)
  }
}

extension EntityReader {
  /// The entity, or a problem that says that there is none.
  func known(_ entityID: String) throws -> Entity {
    guard let entity = try entity(entityID) else { throw Problem.notFound("There is no entity \(entityID).") }
    return entity
  }
}
