import HTTPClient
import JSON

/// `roost memory add`: stores one memory.
struct MemoryAddCommand: Command {
  static let path = ["memory", "add"]
  static let summary = "Store one memory"
  static let arguments = "TEXT|-"
  static let discussion = """
    Stores a text. The services then find the people, places and organizations in it and put them into the
    knowledge graph; `roost flow` with the correlation id that is printed shows how far they are.

    With - the text is read from standard input. With an idempotency key the same command may be run again
    without storing the memory twice.

      roost memory add "John visited Paris last summer."
      roost memory add --user=ann - < note.txt
    """
  static let options =
    CommandOption.client + [
      .value("user", "ID", "the user whom the memory belongs to"),
      .value("agent", "ID", "the agent whom the memory belongs to"),
      .value("idempotency-key", "KEY", "the same key stores the memory once, however often it is sent"),
    ]
  static let exitCodes: [ExitCode] = [.badInput, .unavailable, .temporaryFailure, .noPermission]

  private let client: ClientArguments
  private let text: String
  private let user: String?
  private let agent: String?
  private let idempotencyKey: String?

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    text = try arguments.positionals("TEXT")[0]
    user = arguments.string("user")
    agent = arguments.string("agent")
    idempotencyKey = arguments.string("idempotency-key")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    var content = text
    if text == "-" {
      let bytes = try InputFile.read("-")
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw CommandError(.badInput, "standard input is not UTF-8")
      }
      content = text
    }
    var body: JSONObject = ["content": .string(content)]
    body["user_id"] = user.map { .string($0) }
    body["agent_id"] = agent.map { .string($0) }
    let answer = try await context.client(client).post(
      "/v1/memories", .object(body), headers: idempotencyKey.map { [HTTPClientField("Idempotency-Key", $0)] } ?? [])
    if client.printsJSON {
      try context.output.document(answer)
    } else {
      let correlationID = try answer.text("correlation_id")
      try context.output.line("stored \(try answer.text("memory_id"))")
      try context.output.line(context.output.style.dim("follow it with: roost flow \(correlationID)"))
    }
    return .success
  }
}
