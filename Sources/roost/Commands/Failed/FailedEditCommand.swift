import JSON

/// `roost failed edit`: corrects an event that a handler cannot take.
struct FailedEditCommand: Command {
  static let path = ["failed", "edit"]
  static let summary = "Correct a failed delivery's payload and try it again"
  static let arguments = "ID"
  static let discussion = """
    Replaces the payload that the handler gets. The event keeps its id, and the log keeps the event as it was; the
    change is recorded with the delivery. The delivery is due at once.

      roost failed list --json | jq '.items[0]' > delivery.json
      roost failed edit fd_0199f2a4-6f0e-7c3b-8f0a-3a5f1c2d4e5f --payload=corrected.json
    """
  static let options =
    CommandOption.client + [
      .value("payload", "FILE|-", "the new payload: a JSON object in a file or on standard input")
    ]
  static let exitCodes: [ExitCode] = [
    .failure, .badInput, .noInput, .unavailable, .temporaryFailure, .noPermission,
  ]

  private let client: ClientArguments
  private let id: String
  private let file: String

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    id = try arguments.positionals("ID")[0]
    guard let file = arguments.string("payload") else { throw .usage("--payload=FILE is missing") }
    self.file = file
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let bytes = try InputFile.read(file)
    let payload: JSONValue
    do throws(JSONError) {
      payload = try JSONValue(parsing: bytes)
    } catch {
      throw CommandError(.badInput, "\(file) is not JSON: \(error)")
    }
    let answer = try await context.client(client).post(
      "/v1/failed-deliveries/\(URLText.escaped(id))/edit", ["payload": payload])
    if client.printsJSON {
      try context.output.document(answer)
    } else {
      try context.output.line("\(id) has the new payload and is due again")
    }
    return .success
  }
}
