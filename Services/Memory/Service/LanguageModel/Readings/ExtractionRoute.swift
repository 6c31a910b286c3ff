import MemoryEvents
import RuntimeHost

/// `GET /v1/memories/{memory_id}/extraction`: what was read out of a memory's text, by whom, and where they differ.
struct ExtractionRoute: Sendable {
  func add(to routes: inout ServiceRoutes) {
    routes.get(
      "/v1/memories/{memory_id}/extraction",
      Operation(
        id: "getMemoryExtraction", summary: "What was found in a memory's text",
        description: "One outcome for each extractor that has read the text as it stands; the one in force is searched "
          + "by and believed by the knowledge graph.", tag: "memories", parameters: [.path("memory_id")],
        responses: [.ok: .json(Self.schema)], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("memory_id")
      let answer = try await context.read { tx -> JSONValue? in
        guard let memory = try MemoryStore(in: tx).memory(id) else { return nil }
        let offline = try EntityIndex(in: tx).outcome(row: memory.rowID)
        return Self.answer(memory, offline: offline, reading: try ReadingStore(in: tx).report(row: memory.rowID))
      }
      guard let answer else { throw Problem.unknownMemory(id) }
      return .json(answer)
    }
  }

  private static func answer(
    _ memory: Memory, offline: MemoryEntityExtracted?, reading: ReadingReport?
  ) -> JSONValue {
    let outcomes = [(offline, reading?.outcome == nil), (reading?.outcome, true)].compactMap { outcome, isInForce in
      outcome.map { document(of: $0, isInForce: isInForce) }
    }
    return [
      "memory_id": .string(memory.id), "memory_version": JSONValue(memory.contentVersion),
      "outcomes": .array(outcomes), "model": reading?.document ?? .null,
      "comparison": reading?.comparison?.document ?? .null,
    ]
  }

  private static func document(of outcome: MemoryEntityExtracted, isInForce: Bool) -> JSONValue {
    let payload = (try? JSONValue(parsing: outcome.jsonBytes())) ?? .null
    return [
      "extractor": .string(outcome.extractor), "in_force": .bool(isInForce),
      "entities": payload["entities"] ?? [], "relationships": payload["relationships"] ?? [],
    ]
  }

  private static let counts = Schema.object(
    ["agreed": .integer(minimum: 0), "only_offline": .integer(minimum: 0), "only_model": .integer(minimum: 0)],
    required: ["agreed", "only_offline", "only_model"])

  private static let schema = Schema.object(
    [
      "memory_id": .string(), "memory_version": .integer(minimum: 1).described("The version that brought the text."),
      "outcomes": .array(
        of: .object(
          [
            "extractor": .string(), "in_force": .boolean,
            "entities": .array(of: .object(additional: .allowed)),
            "relationships": .array(of: .object(additional: .allowed)),
          ], required: ["extractor", "in_force", "entities", "relationships"])
      ).described("As `memory.entity.extracted` tells them."),
      "model": .nullable(
        .object(
          [
            "status": .string(enum: ["waiting", "read", "given_up"]), "attempts": .integer(minimum: 0),
            "due_at": .nullable(.string(format: .dateTime)).described("When the model is asked next, while it waits."),
            "error": .nullable(.string()).described("Why it was not read yet."),
          ], required: ["status", "attempts", "due_at", "error"])
      ).described("How far the second reading is; null when there is none."),
      "comparison": .nullable(
        .object(["entities": counts, "relationships": counts], required: ["entities", "relationships"])
      ).described("How the two outcomes differ, once there are two."),
    ], required: ["memory_id", "memory_version", "outcomes", "model", "comparison"])
}
