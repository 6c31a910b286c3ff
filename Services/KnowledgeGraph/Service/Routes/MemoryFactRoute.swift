import RuntimeHost

/// `GET /v1/graph/memories/{memory_id}/facts`.
enum MemoryFactRoute {
  static func add(to routes: inout ServiceRoutes) {
    routes.define("GraphMemoryFact", schema)
    routes.get(
      "/v1/graph/memories/{memory_id}/facts",
      Operation(
        id: "listGraphMemoryFacts", summary: "What facts have taken from a memory",
        description: "Of each version of its text, and of each extractor that read it, in the order in which it was "
          + "recorded. Two extractors' versions of one text compete: the source that is in force has no `withdrawn_at`, "
          + "another was believed from `recorded_at` up to it.", tag: "knowledge graph",
        parameters: [.path("memory_id")] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("GraphMemoryFact")))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("memory_id")
      let page = try PageRequest(request)
      let after = try page.rowID
      let found = try await context.read { tx -> (facts: [MemoryFact], entities: [Entity])? in
        guard let facts = try SourceReader(tx).page(ofMemory: id, after: after, limit: page.limit + 1) else {
          return nil
        }
        let ends = Set(facts.flatMap { [$0.fact.source, $0.fact.target] })
        return (facts, try EntityReader(tx).entities(ends.sorted()))
      }
      guard let found else { throw Problem.notFound("The graph was never told of a memory \(id).") }
      let entities = Dictionary(found.entities.map { ($0.rowID, $0) }, uniquingKeysWith: { first, _ in first })
      return page.answer(found.facts.map { ($0, $0.source.rowID) }) { $0.answer(entities) }
    }
  }

  private static let schema = Schema.object(
    [
      "fact": .ref("GraphFact"), "source_name": .string(), "target_name": .string(), "source": .ref("GraphFactSource"),
    ], required: ["fact", "source_name", "target_name", "source"])
}

extension MemoryFact {
  fileprivate func answer(_ entities: [Int64: Entity]) -> JSONValue {
    [
      "fact": fact.answer(entities), "source_name": .string(entities[fact.source]?.name ?? ""),
      "target_name": .string(entities[fact.target]?.name ?? ""), "source": source.answer,
    ]
  }
}
