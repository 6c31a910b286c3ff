import RuntimeHost

/// Reads a command line, runs its command and turns what went wrong into one line and an exit code.
struct CommandLineTool: Sendable {
  let context: CommandContext

  /// - Parameter words: Without the program's own name.
  func run(_ words: [String]) async -> ExitCode {
    do {
      return try await dispatch(words)
    } catch let error as CommandError {
      report(error.message)
      return error.exitCode
    } catch is OutputClosed {
      // Whoever read the output has what they wanted.
      return .success
    } catch is CancellationError {
      return .interrupted
    } catch {
      report("\(error)")
      return .internalError
    }
  }

  private func dispatch(_ words: [String]) async throws -> ExitCode {
    switch words.first {
    case nil:
      try context.errors.write(CommandCatalogue.overview(width: context.errors.width))
      return .usage
    case "--help", "-h":
      return try await run(HelpCommand.self, [])
    case "--version":
      try context.output.line("roost \(RuntimeHost.version)")
      return .success
    case let word? where word.hasPrefix("-"):
      let nearest = Spelling.nearest(to: word, among: ["--help", "--version"])
      throw CommandError.usage(
        "unknown option \(word)" + (nearest.map { "; did you mean \($0)?" } ?? "; options stand behind the command"))
    default:
      if words.count == 2, ["--help", "-h"].contains(words[1]) {
        try context.output.write(try CommandCatalogue.help(for: [words[0]], width: context.output.width))
        return .success
      }
      let (command, rest) = try CommandCatalogue.find(words)
      return try await run(command, rest)
    }
  }

  private func run(_ command: any Command.Type, _ rest: [String]) async throws -> ExitCode {
    do {
      let parsed = try ParsedArguments(rest, options: command.options + [.help])
      if parsed.has("help") {
        try context.output.write(command.helpText(width: context.output.width))
        return .success
      }
      return try await command.init(parsed).run(in: context)
    } catch let error as CommandError where error.exitCode == .usage {
      throw CommandError.usage("\(command.path.joined(separator: " ")): \(error.message)")
    }
  }

  /// One line on standard error. That nobody reads it changes nothing.
  private func report(_ message: String) {
    try? context.errors.line("roost: " + DisplayText.printable(message))
  }
}
