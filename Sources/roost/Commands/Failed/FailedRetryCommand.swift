import JSON

/// `roost failed retry`: has failed deliveries tried again now.
struct FailedRetryCommand: Command {
  static let path = ["failed", "retry"]
  static let summary = "Try failed deliveries again now"
  static let arguments = "ID...|--all"
  static let discussion = """
    Makes failed deliveries due: their handlers get them again under the usual rules. An event that had taken
    effect does not take effect twice.

      roost failed retry fd_0199f2a4-6f0e-7c3b-8f0a-3a5f1c2d4e5f
      roost failed retry --all --service=knowledge_graph --rate=50
    """
  static let options =
    CommandOption.client + FailedSelection.options + [.value("rate", "N", "with --all: at most so many a second")]

  private let client: ClientArguments
  private let act: FailedAct

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    let selection = try FailedSelection(arguments)
    let rate = try arguments.int("rate", in: 1...100_000)
    if rate != nil, !selection.ids.isEmpty { throw .usage("--rate goes with --all") }
    var fields = JSONObject()
    fields["rate"] = rate.map { JSONValue($0) }
    act = FailedAct(verb: "retry", done: "due again", selection: selection, fields: fields)
  }

  func run(in context: CommandContext) async throws -> ExitCode { try await act.run(with: client, in: context) }
}
