import JSON

/// `roost names remove`: takes a name off the list.
struct NamesRemoveCommand: Command {
  static let path = ["names", "remove"]
  static let summary = "Take a name off the list"
  static let arguments = "NAME|ID"
  static let discussion = """
    Texts that are read from now on are read without it. The argument is the name, one of its aliases, or the id
    that `roost names list` shows. What was read already stays as it is.

      roost names remove Zorbly
      roost names remove name_0199f2a4-6f0e-7c3b-8f0a-3a5f1c2d4e5f
    """

  private let client: ClientArguments
  private let name: String

  init(_ arguments: ParsedArguments) throws(CommandError) {
    client = ClientArguments(arguments)
    name = try arguments.positionals("NAME")[0]
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let server = try context.client(client)
    var id = name
    if !name.hasPrefix("name_") {
      guard let entry = try await server.items("/v1/names", [("name", name)], limit: 1).first else {
        throw CommandError(.failure, "no name \(DisplayText.printable(name)) is listed")
      }
      id = try entry.text("name_id")
    }
    let answer = try await server.delete("/v1/names/" + URLText.escaped(id))
    if client.printsJSON { try context.output.document(answer) } else { try context.output.line("removed \(id)") }
    return .success
  }
}
