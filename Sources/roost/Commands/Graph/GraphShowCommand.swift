import JSON

/// `roost graph show`: what the knowledge graph holds around an entity.
struct GraphShowCommand: Command {
  static let path = ["graph", "show"]
  static let summary = "Show what is known around a person, place or thing"
  static let arguments = "NAME"
  static let discussion = """
    Shows the facts that connect an entity with others. NAME is a name, an alias or an entity's id. Where several
    entities have the name, the one with the most facts is shown and the others are named.

      roost graph show John
      roost graph show "New York" --depth=2
      roost graph show John --format=dot | dot -Tsvg > john.svg
    """
  static let options =
    CommandOption.client + [
      .value("depth", "N", "how many facts away from the entity (1)"),
      .value("format", "FORMAT", "tree, json, dot or mermaid (tree)"),
      .value("limit", "N", "in a tree: the most facts shown of one entity (25)"),
    ]

  private let client: ClientArguments
  private let name: String
  private let depth: Int
  private let format: GraphFormat
  private let limit: Int

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    name = try arguments.positionals("NAME")[0]
    depth = try arguments.int("depth", in: 1...10) ?? 1
    format = try arguments.choice("format", of: GraphFormat.self) ?? (client.printsJSON ? .json : .tree)
    limit = try arguments.int("limit", in: 1...10_000) ?? 25
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let api = try context.client(client)
    let found = try await entities(api)
    guard let best = found.first else {
      throw CommandError(.failure, "nothing is known of \(DisplayText.printable(name))")
    }
    let id = try best.text("entity_id")
    let document = try await api.get(
      "/v1/graph/entities/\(URLText.escaped(id))/neighbourhood", [("depth", String(depth))])
    guard format != .json else {
      try context.output.document(document)
      return .success
    }
    let neighbourhood = try Neighbourhood(document)
    for line in try lines(neighbourhood, root: id, output: context.output) { try context.output.line(line) }
    if format == .tree, found.count > 1 {
      let others = found.dropFirst().prefix(5).compactMap { item -> String? in
        guard let id = item["entity_id"]?.stringValue else { return nil }
        return DisplayText.printable("\(item["name"]?.stringValue ?? "?") (\(item["type"]?.stringValue ?? "?")) \(id)")
      }
      try context.output.line(context.output.style.dim("also named so: " + others.joined(separator: ", ")))
    }
    return .success
  }

  /// The one with the most facts first.
  private func entities(_ api: APIClient) async throws(CommandError) -> [JSONValue] {
    if name.hasPrefix("ent_") {
      return [["entity_id": .string(name)]]
    }
    return try await api.get("/v1/graph/entities", [("name", name), ("limit", "50")]).list("items")
      .sorted { ($0["fact_count"]?.intValue ?? 0) > ($1["fact_count"]?.intValue ?? 0) }
  }

  private func lines(_ neighbourhood: Neighbourhood, root: String, output: TextOutput) throws(CommandError)
    -> [String]
  {
    switch format {
    case .dot: return GraphDot.render(neighbourhood)
    case .mermaid: return GraphMermaid.render(neighbourhood)
    case .tree, .json:
      guard let tree = GraphTree(neighbourhood, root: root) else {
        throw CommandError(.internalError, "the server's neighbourhood does not hold the entity itself")
      }
      return tree.render(width: output.isTerminal ? output.width : nil, limit: limit, style: output.style)
    }
  }
}
