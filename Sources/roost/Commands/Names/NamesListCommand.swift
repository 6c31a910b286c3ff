import JSON

/// `roost names list`: the names that were listed.
struct NamesListCommand: Command {
  static let path = ["names", "list"]
  static let summary = "Show the listed names, newest first"
  static let discussion = """
    Shows the names that people have listed: those that texts are read with besides what the extractor knows by
    itself, and besides the names that the knowledge graph has confirmed.

      roost names list
      roost names list --json | jq -r '.items[] | [.name, .type] | @tsv' > ours.tsv
    """
  static let options = CommandOption.client + [.value("limit", "N", "at most so many (10000)")]

  private let client: ClientArguments
  private let limit: Int

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    _ = try arguments.positionals()
    limit = try arguments.int("limit", in: 1...100_000) ?? 10_000
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let items = try await context.client(client).items("/v1/names", limit: limit)
    guard !client.printsJSON else {
      try context.output.document(["items": .array(items)])
      return .success
    }
    guard !items.isEmpty else {
      try context.output.line("no names are listed")
      return .success
    }
    var table = TextTable("id", "type", "name", "aliases")
    for item in items {
      let aliases = (item["aliases"]?.arrayValue ?? []).compactMap(\.stringValue)
      table.add(
        try item.text("name_id"), item["type"]?.stringValue ?? "", item["name"]?.stringValue ?? "",
        aliases.joined(separator: ", "))
    }
    let width = context.output.isTerminal ? context.output.width : nil
    for line in table.lines(width: width, style: context.output.style) { try context.output.line(line) }
    return .success
  }
}
