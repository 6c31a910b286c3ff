import JSON

/// `roost status`: how a running server stands.
struct StatusCommand: Command {
  static let path = ["status"]
  static let summary = "Show how the server and its services stand"
  static let discussion = """
    For each service: how many events it has yet to handle (lag), how many it has yet to send (outbox), what failed, and
    which breakers are not closed. Ends with 1 when something wants a person: a service that is not ready, a delivery
    that is dead, an event that the log refused.

      roost status
      roost status --json | jq '.services[] | {name, lag}'
    """

  private let client: ClientArguments

  init(_ arguments: ParsedArguments) throws(CommandError) {
    _ = try arguments.positionals()
    client = ClientArguments(arguments)
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let status = try await context.client(client).get("/v1/status")
    let services = try status.list("services")
    let isWell = status["status"] == "ready" && services.allSatisfy(Self.isWell)
    guard !client.printsJSON else {
      try context.output.document(status)
      return isWell ? .success : .failure
    }
    let uptime = Figures.age(.seconds(Int(status["uptime_seconds"]?.doubleValue ?? 0)))
    try context.output.line(
      "roost \(status["version"]?.stringValue ?? "?"), \(status["status"]?.stringValue ?? "?"), "
        + "up for \(uptime); log \(Self.part(status["log"])), database \(Self.part(status["database"]))")
    for part in ["log", "database"] where status[part]?["status"]?.stringValue == "unavailable" {
      try context.output.line("\(part): \(DisplayText.printable(status[part]?["detail"]?.stringValue ?? ""))")
    }
    var table = TextTable("service", .number("lag"), .number("outbox"), .number("waiting"), .number("dead"), "state")
    for service in services {
      func number(_ value: JSONValue?) -> String { value?.intValue.map(String.init) ?? "?" }
      table.add(
        try service.text("name"), number(service["lag"]), number(service["outbox_pending"]),
        number(service["failed_deliveries"]?["waiting"]), number(service["failed_deliveries"]?["dead"]),
        Self.state(of: service))
    }
    let width = context.output.isTerminal ? context.output.width : nil
    for line in table.lines(width: width, style: context.output.style) { try context.output.line(line) }
    return isWell ? .success : .failure
  }

  /// `kafka healthy`; the log and the database that a host has in its own folder are not named.
  private static func part(_ part: JSONValue?) -> String {
    let kind = part?["kind"]?.stringValue.flatMap { ["kafka", "postgresql"].contains($0) ? $0 + " " : nil } ?? ""
    return kind + (part?["status"]?.stringValue ?? "?")
  }

  private static func isWell(_ service: JSONValue) -> Bool {
    service["ready"] == true && (service["outbox_rejected"]?.intValue ?? 0) == 0
      && (service["failed_deliveries"]?["dead"]?.intValue ?? 0) == 0
  }

  private static func state(of service: JSONValue) -> String {
    var words = [service["ready"] == true ? "ready" : "not ready"]
    if let rejected = service["outbox_rejected"]?.intValue, rejected > 0 {
      words.append("\(rejected) refused by the log")
    }
    for breaker in service["breakers"]?.arrayValue ?? [] where breaker["state"] != "CLOSED" {
      words.append("breaker \(breaker["name"]?.stringValue ?? "?") \(breaker["state"]?.stringValue ?? "?")")
    }
    return words.joined(separator: ", ")
  }
}
