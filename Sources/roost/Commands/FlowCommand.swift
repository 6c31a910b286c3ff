import JSON

/// `roost flow`: what one correlation id connects, as a timeline.
struct FlowCommand: Command {
  static let path = ["flow"]
  static let summary = "Show what one request set in motion, as a timeline"
  static let arguments = "CORRELATION_ID"
  static let discussion = """
    Every write's answer has a correlation_id, and every event that follows from it carries the same. The timeline
    shows each event under the one that caused it, with the time since the first. The path that took longest has
    full bars.

      roost flow corr_0199f2a4-6f0e-7c3b-8f0a-3a5f1c2d4e5f
      roost flow $(roost memory add "John visited Paris." --json | jq -r .correlation_id)
    """

  private let client: ClientArguments
  private let id: String

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    id = try arguments.positionals("CORRELATION_ID")[0]
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let document = try await context.client(client).get("/v1/flows/\(URLText.escaped(id))")
    guard !client.printsJSON else {
      try context.output.document(document)
      return .success
    }
    for line in FlowReport(try Flow(document)).lines(width: context.output.width, style: context.output.style) {
      try context.output.line(line)
    }
    return .success
  }
}
