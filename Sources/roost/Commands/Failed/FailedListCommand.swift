import JSON

/// `roost failed list`: the deliveries that did not succeed.
struct FailedListCommand: Command {
  static let path = ["failed", "list"]
  static let summary = "List the deliveries that failed"
  static let discussion = """
    When a handler cannot deal with an event, the event is set aside so that the others go on. Those that are
    waiting are tried again by themselves; those that are dead wait for a person: `roost failed retry` once the
    cause is gone, `roost failed edit` to correct the event, `roost failed discard` to give it up.

      roost failed list
      roost failed list --status=dead --type='memory.*'
      roost failed list --json | jq -r '.items[].failed_delivery_id'
    """
  static let options =
    CommandOption.client + FailedSelection.options.dropFirst() + [.value("limit", "N", "at most so many (100)")]

  private let client: ClientArguments
  private let filter: [(String, String?)]
  private let limit: Int

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    _ = try arguments.positionals()
    filter = [
      ("service", arguments.string("service")), ("handler", arguments.string("handler")),
      ("event_type", arguments.string("type")), ("status", arguments.string("status")),
    ]
    limit = try arguments.int("limit", in: 1...100_000) ?? 100
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let items = try await context.client(client).items("/v1/failed-deliveries", filter, limit: limit)
    guard !client.printsJSON else {
      try context.output.document(["items": .array(items)])
      return .success
    }
    guard !items.isEmpty else {
      try context.output.line("no failed deliveries")
      return .success
    }
    var table = TextTable("id", "status", "handler", "event", .number("tries"), "error")
    for item in items {
      let handler = [item["service"], item["handler"]].compactMap { $0?.stringValue }.filter { !$0.isEmpty }
      table.add(
        try item.text("failed_delivery_id"), item["status"]?.stringValue ?? "?", handler.joined(separator: "/"),
        item["event_type"]?.stringValue ?? "no event", "\(item["attempts"]?.intValue ?? 0)",
        item["error"]?.stringValue ?? "")
    }
    let width = context.output.isTerminal ? context.output.width : nil
    for line in table.lines(width: width, style: context.output.style) { try context.output.line(line) }
    return .success
  }
}
