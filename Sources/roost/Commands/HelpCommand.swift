/// `roost help`: what there is.
struct HelpCommand: Command {
  static let path = ["help"]
  static let summary = "Explain a command"
  static let arguments = "[COMMAND]"
  static let discussion = """
    Without a command, lists them all.

      roost help memory import
    """
  static let options: [CommandOption] = []
  static let exitCodes: [ExitCode] = []

  private let words: [String]

  init(_ arguments: ParsedArguments) throws(CommandError) {
    words = arguments.positionals
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    if words.isEmpty {
      try context.output.write(CommandCatalogue.overview(width: context.output.width))
    } else {
      try context.output.write(try CommandCatalogue.help(for: words, width: context.output.width))
    }
    return .success
  }
}
