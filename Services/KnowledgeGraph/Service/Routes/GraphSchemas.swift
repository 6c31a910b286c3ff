import RuntimeHost

/// The shapes of the graph's answers.
enum GraphSchemas {
  static func define(in routes: inout ServiceRoutes) {
    routes.define("GraphEntity", entity)
    routes.define("GraphEntityDetail", entityDetail)
    routes.define("GraphEntityReference", entityReference)
    routes.define("GraphFact", fact)
    routes.define("GraphFactSource", source)
    routes.define("GraphNeighbourhood", neighbourhood)
    routes.define("GraphPaths", paths)
  }

  private static let entity = Schema.object(
    [
      "entity_id": .string(), "name": .string().described("As it was first written."), "type": .string(),
      "aliases": .array(of: .string()).described("Other ways in which it was written."),
      "fact_count": .integer(minimum: 0).described("How many believed facts touch it."),
      "first_seen_at": .string(format: .dateTime),
    ], required: ["entity_id", "name", "type", "aliases", "fact_count", "first_seen_at"])

  private static let entityDetail = Schema.object(
    [
      "entity_id": .string(), "name": .string(), "type": .string(), "aliases": .array(of: .string()),
      "fact_count": .integer(minimum: 0), "first_seen_at": .string(format: .dateTime),
      "known_from": .string(format: .dateTime),
      "known_to": .nullable(.string(format: .dateTime)).described("When the last memory stopped naming it."),
    ],
    required: ["entity_id", "name", "type", "aliases", "fact_count", "first_seen_at", "known_from", "known_to"])

  private static let entityReference = Schema.object(
    ["entity_id": .string(), "name": .string(), "type": .string()], required: ["entity_id", "name", "type"])

  private static let fact = Schema.object(
    [
      "fact_id": .string(), "source": .string().described("The entity that the fact is about."), "type": .string(),
      "target": .string().described("The entity that it is related to."),
      "confidence": .number(minimum: 0, maximum: 1),
      "valid_from": .nullable(.string(format: .dateTime)).described("From when it holds; null when nobody says."),
      "valid_to": .nullable(.string(format: .dateTime)).described("When it holds no longer; null while it does."),
      "known_from": .string(format: .dateTime).described("From when it was believed."),
      "known_to": .nullable(.string(format: .dateTime)).described("When it was withdrawn; null while it is believed."),
    ],
    required: [
      "fact_id", "source", "type", "target", "confidence", "valid_from", "valid_to", "known_from", "known_to",
    ])

  private static let source = Schema.object(
    [
      "event_id": .string(), "memory_id": .string(), "memory_version": .integer(minimum: 1),
      "start": .nullable(.integer(minimum: 0)).described("A byte offset into the UTF-8 of the memory's content."),
      "end": .nullable(.integer(minimum: 0)).described("The byte offset after the span."),
      "text": .nullable(.string()).described("The words at the span."), "extractor": .nullable(.string()),
      "confidence": .number(minimum: 0, maximum: 1), "recorded_at": .string(format: .dateTime),
      "withdrawn_at": .nullable(.string(format: .dateTime)).described("When the memory no longer said so."),
    ],
    required: [
      "event_id", "memory_id", "memory_version", "start", "end", "text", "extractor", "confidence", "recorded_at",
      "withdrawn_at",
    ])

  private static let neighbourhood = Schema.object(
    [
      "entities": .array(of: .ref("GraphEntityReference")), "facts": .array(of: .ref("GraphFact")),
      "truncated": .boolean.described("Whether facts within the depth were left out, as there are too many."),
    ], required: ["entities", "facts", "truncated"])

  private static let paths = Schema.object(
    [
      "paths": .array(
        of: .object(
          ["entities": .array(of: .ref("GraphEntityReference")), "facts": .array(of: .ref("GraphFact"))],
          required: ["entities", "facts"])),
      "truncated": .boolean.described("Whether the search ended early: a path may exist that was not found."),
    ], required: ["paths", "truncated"])
}
