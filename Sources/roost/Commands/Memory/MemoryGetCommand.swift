import JSON

/// `roost memory get`: one memory as it is now.
struct MemoryGetCommand: Command {
  static let path = ["memory", "get"]
  static let summary = "Show one memory"
  static let arguments = "ID"
  static let discussion = """
    Shows a memory's text, owner, version and times.

      roost memory get mem_0199f2a4-6f0e-7c3b-8f0a-3a5f1c2d4e5f
    """

  private let client: ClientArguments
  private let id: String

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    id = try arguments.positionals("ID")[0]
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let memory = try await context.client(client).get("/v1/memories/\(URLText.escaped(id))")
    guard !client.printsJSON else {
      try context.output.document(memory)
      return .success
    }
    let style = context.output.style
    for name in ["memory_id", "version", "user_id", "agent_id", "filters", "created_at", "updated_at"] {
      guard let value = memory[name], !value.isNull, value.objectValue?.isEmpty != true else { continue }
      let text = value.stringValue ?? value.text
      try context.output.line(style.dim(DisplayText.padded(name, to: 12)) + DisplayText.printable(text))
    }
    try context.output.line()
    for line in try memory.text("content").split(separator: "\n", omittingEmptySubsequences: false) {
      try context.output.line(DisplayText.printable(String(line)))
    }
    return .success
  }
}
