import JSON

/// `roost failed discard`: gives failed deliveries up.
struct FailedDiscardCommand: Command {
  static let path = ["failed", "discard"]
  static let summary = "Give failed deliveries up"
  static let arguments = "ID...|--all"
  static let discussion = """
    Closes failed deliveries without an effect; the reason is kept with the delivery. The event itself stays in the
    log for as long as the log keeps it.

      roost failed discard fd_0199f2a4-6f0e-7c3b-8f0a-3a5f1c2d4e5f --reason="sent by a test"
      roost failed discard --all --status=dead --handler=apply-extraction --reason="rebuilt from the log"
    """
  static let options =
    CommandOption.client + FailedSelection.options + [.value("reason", "TEXT", "kept with the delivery")]

  private let client: ClientArguments
  private let act: FailedAct

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    let selection = try FailedSelection(arguments)
    var fields = JSONObject()
    fields["reason"] = arguments.string("reason").map { .string($0) }
    act = FailedAct(verb: "discard", done: "discarded", selection: selection, fields: fields)
  }

  func run(in context: CommandContext) async throws -> ExitCode { try await act.run(with: client, in: context) }
}
