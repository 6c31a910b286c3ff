import JSON

/// `roost memory search`: memories by words and by the entities in them.
struct MemorySearchCommand: Command {
  static let path = ["memory", "search"]
  static let summary = "Find memories by words or by what they are about"
  static let arguments = "QUERY..."
  static let discussion = """
    Finds memories that hold the words or name the entity, best first, and says of each why it was found.

      roost memory search paris
      roost memory search --user=ann "summer trip"
      roost memory search paris --json | jq -r '.items[].memory.memory_id'
    """
  static let options =
    CommandOption.client + [
      .value("user", "ID", "only memories of that user"),
      .value("agent", "ID", "only memories of that agent"),
      .value("limit", "N", "at most so many (20)"),
    ]
  static let exitCodes: [ExitCode] = [.badInput, .unavailable, .temporaryFailure, .noPermission]

  private let client: ClientArguments
  private let query: String
  private let user: String?
  private let agent: String?
  private let limit: Int

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    guard !arguments.positionals.isEmpty else { throw .usage("QUERY is missing") }
    query = arguments.positionals.joined(separator: " ")
    user = arguments.string("user")
    agent = arguments.string("agent")
    limit = try arguments.int("limit", in: 1...1000) ?? 20
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let answer = try await context.client(client).get(
      "/v1/memories/search",
      [("q", query), ("user_id", user), ("agent_id", agent), ("limit", String(limit))])
    guard !client.printsJSON else {
      try context.output.document(answer)
      return .success
    }
    let items = try answer.list("items")
    guard !items.isEmpty else {
      try context.output.line("nothing found")
      return .success
    }
    let style = context.output.style
    let width = context.output.isTerminal ? context.output.width : Int.max
    for item in items {
      guard let memory = item["memory"] else { throw CommandError(.internalError, "a hit without its memory") }
      let why = (item["matches"]?.arrayValue ?? []).map(Self.reason)
      let reason = DisplayText.truncated(why.joined(separator: "; "), to: max(20, width == .max ? 200 : width - 60))
      try context.output.line("\(style.bold(try memory.text("memory_id")))  \(style.cyan(reason))")
      let content = DisplayText.printable(try memory.text("content"))
      try context.output.line("  " + (width == .max ? content : DisplayText.truncated(content, to: width - 2)))
    }
    return .success
  }

  /// Why a memory was found.
  static func reason(_ match: JSONValue) -> String {
    let text = match["snippet"]?.stringValue ?? match["name"]?.stringValue ?? match["text"]?.stringValue ?? ""
    let type = match["type"]?.stringValue.map { " (\($0))" } ?? ""
    return DisplayText.printable("\(match["kind"]?.stringValue ?? "match"): \(text)\(type)")
  }
}
