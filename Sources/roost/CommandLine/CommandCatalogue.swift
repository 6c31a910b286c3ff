/// All commands, and how the words of a command line find theirs.
enum CommandCatalogue {
  static let all: [any Command.Type] = [
    RunCommand.self, StatusCommand.self, DoctorCommand.self, ConfigCommand.self,
    MemoryAddCommand.self, MemoryGetCommand.self, MemorySearchCommand.self, MemoryImportCommand.self,
    ExtractCommand.self, ExtractEvaluateCommand.self, ExtractEvaluateRelationsCommand.self,
    NamesAddCommand.self, NamesListCommand.self, NamesRemoveCommand.self,
    GraphShowCommand.self, EventsTailCommand.self, FlowCommand.self,
    FailedListCommand.self, FailedRetryCommand.self, FailedEditCommand.self, FailedDiscardCommand.self,
    DemoCommand.self, HealthCommand.self, OpenAPICommand.self, GatewayCommand.self, HelpCommand.self,
  ]

  /// The command that the first words name, and what stands behind them.
  static func find(_ words: [String]) throws(CommandError) -> (command: any Command.Type, rest: [String]) {
    let candidates = all.filter { words.starts(with: $0.path) }
    if let command = candidates.max(by: { $0.path.count < $1.path.count }) {
      return (command, Array(words.dropFirst(command.path.count)))
    }
    throw unknown(words)
  }

  /// A command's help text, or the list of a group such as `memory`.
  static func help(for words: [String], width: Int) throws(CommandError) -> String {
    if let command = all.first(where: { $0.path == words }) { return command.helpText(width: width) }
    let group = all.filter { $0.path.starts(with: words) }
    guard !group.isEmpty else { throw unknown(words) }
    return list(group, width: width) + "\n`roost help COMMAND` explains one of them.\n"
  }

  static func overview(width: Int) -> String {
    """
    Roost is the event backbone of an agent platform: memories in, a knowledge graph out, every step an event.

    usage: roost COMMAND [arguments] [options]

    \(list(all, width: width))
    Commands other than run, config, extract, demo, openapi and gateway talk to a server: --url or ROOST_URL names it,
    ROOST_TOKEN holds the token where it wants one. Each takes --json for scripts. `roost help COMMAND` or
    `roost COMMAND --help` explains one of them.

    """
  }

  private static func list(_ commands: [any Command.Type], width: Int) -> String {
    let names = commands.map { "  " + ($0.path + [$0.arguments]).filter { !$0.isEmpty }.joined(separator: " ") }
    let column = min(36, (names.map(\.count).max() ?? 0) + 3)
    return zip(commands, names).map { command, name in
      name.count + 1 < column
        ? DisplayText.hanging(name, command.summary, column: column, width: width)
        : name + "\n" + DisplayText.hanging("", command.summary, column: column, width: width)
    }.joined()
  }

  /// Names what is wrong with the words and the nearest command.
  private static func unknown(_ words: [String]) -> CommandError {
    let first = words.first ?? ""
    let group = all.filter { $0.path.first == first }
    guard group.isEmpty else {
      let second = group.map { $0.path.dropFirst().first ?? "" }
      guard words.count > 1, !words[1].hasPrefix("-") else {
        return .usage("\(first) needs one of: \(second.joined(separator: ", "))")
      }
      let nearest = Spelling.nearest(to: words[1], among: second)
      return .usage(
        "unknown command \(first) \(words[1])"
          + (nearest.map { "; did you mean \(first) \($0)?" } ?? ": it is one of \(second.joined(separator: ", "))"))
    }
    let nearest = Spelling.nearest(to: first, among: Array(Set(all.compactMap { $0.path.first })).sorted())
    return .usage(
      "unknown command \(first)"
        + (nearest.map { "; did you mean \($0)?" } ?? ": `roost help` lists the commands"))
  }
}
