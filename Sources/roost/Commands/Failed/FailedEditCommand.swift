import JSON

/// `roost failed edit`: corrects an event that a handler cannot take.
struct FailedEditCommand: Command {
  static let path = ["failed", "edit"]
  static let summary = "Correct a failed delivery's payload and try it again"
  static let arguments = "ID"
  static let discussion = """
    Replaces the payload that the handler gets. The event keeps its id, and the log keeps the event as it was; the
    change is recorded with the delivery. The delivery is due at once. Without --payload the payload is printed as it
    is now, to begin with.

      roost failed edit fd_0199f2a4-6f0e-7c3b-8f0a-3a5f1c2d4e5f > payload.json
      roost failed edit fd_0199f2a4-6f0e-7c3b-8f0a-3a5f1c2d4e5f --payload=payload.json
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
  private let file: String?

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    id = try arguments.positionals("ID")[0]
    file = arguments.string("payload")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    guard let file else { return try await showPayload(in: context) }
    let bytes = try InputFile.read(file)
    let payload: JSONValue
    do throws(JSONError) {
      payload = try JSONValue(parsing: bytes)
    } catch {
      throw CommandError(.badInput, "\(file) is not JSON: \(error)")
    }
    let answer = try await context.client(client).post(
      "/v1/failed-deliveries/\(URLText.escaped(id))/edit",
      ["payload": payload, "actor": .string(FailedAct.actor(context.environment))])
    if client.printsJSON {
      try context.output.document(answer)
    } else {
      try context.output.line("\(id) has the new payload and is due again")
    }
    return .success
  }

  private func showPayload(in context: CommandContext) async throws -> ExitCode {
    let delivery = try await context.client(client).get("/v1/failed-deliveries/\(URLText.escaped(id))")
    guard let value = delivery["value"]?.stringValue, let event = try? JSONValue(parsing: value),
      let payload = event["payload"]
    else {
      throw CommandError(.failure, "\(id) is no event: its bytes are value_base64 of /v1/failed-deliveries/\(id)")
    }
    try context.output.write(String(decoding: payload.serialized(pretty: !client.printsJSON), as: UTF8.self) + "\n")
    return .success
  }
}
