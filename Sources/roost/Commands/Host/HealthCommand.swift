import JSON

/// `roost health`: one question to a server, for those who watch it.
struct HealthCommand: Command {
  static let path = ["health"]
  static let summary = "Ask a server whether it takes requests and events"
  static let discussion = """
    Asks once and ends with 0 when the server is ready, with 1 when it is not and says why, with 69 when nothing
    answers. What a container's health check runs where no other HTTP client is at hand. Without --url or ROOST_URL it
    asks the server that the setting listen names.

      roost health
      roost health --url=http://127.0.0.1:9090
    """
  static let options = CommandOption.client + [.value("listen", "HOST:PORT", "where the server listens (ROOST_LISTEN)")]
  static let exitCodes: [ExitCode] = [.failure, .unavailable, .temporaryFailure]

  private let client: ClientArguments
  private let listen: String?

  init(_ arguments: ParsedArguments) throws(CommandError) {
    _ = try arguments.positionals()
    client = ClientArguments(arguments)
    listen = arguments.string("listen")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    var client = client
    if client.url == nil, context.environment["ROOST_URL", default: ""].isEmpty {
      client.url = (listen ?? context.environment["ROOST_LISTEN"]).flatMap { $0.isEmpty ? nil : Self.url(of: $0) }
    }
    let response = try await context.client(client).call("GET", "/health/ready", timeout: .seconds(5))
    let answer = (try? response.json()) ?? .null
    if client.printsJSON {
      try context.output.document(answer)
    } else {
      let detail = answer["detail"]?.stringValue.map { ": \($0)" } ?? ""
      try context.output.line((answer["status"]?.stringValue ?? "answers \(response.status)") + detail)
    }
    return response.isSuccess ? .success : .failure
  }

  /// Where this machine reaches a server that listens there.
  static func url(of listen: String) -> String {
    for everywhere in ["0.0.0.0:", "[::]:"] where listen.hasPrefix(everywhere) {
      return "http://127.0.0.1:" + listen.dropFirst(everywhere.count)
    }
    return "http://" + listen
  }
}
