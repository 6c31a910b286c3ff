import JSON
import RuntimeHost

/// `roost config`: the settings in force.
struct ConfigCommand: Command {
  static let path = ["config"]
  static let summary = "Show the settings in force and where each comes from"
  static let discussion = """
    Flags count before environment variables, those before the file, that before the defaults. Secrets are not shown.

      roost config
      ROOST_LISTEN=127.0.0.1:9090 roost config --json | jq '.[] | select(.source != "default")'
    """
  static let options = SettingArguments.options + [.json]
  static let exitCodes: [ExitCode] = [.configuration]

  private let settings: SettingArguments
  private let printsJSON: Bool

  init(_ arguments: ParsedArguments) throws(CommandError) {
    _ = try arguments.positionals()
    settings = SettingArguments(arguments)
    printsJSON = arguments.has("json")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let entries = try settings.configuration(in: context).entries
    guard !printsJSON else {
      try context.output.document(
        .array(
          entries.map { entry in
            .object([
              "key": .string(entry.key), "value": entry.value == nil ? .null : .string(entry.shownValue),
              "source": .string(entry.source.description), "flag": .string(entry.flag),
              "variable": .string(entry.variable),
            ])
          }))
      return .success
    }
    var table = TextTable("setting", "value", "from", "what it is")
    for entry in entries {
      table.add(entry.key, entry.value == nil ? "-" : entry.shownValue, entry.source.description, entry.help)
    }
    let width = context.output.isTerminal ? context.output.width : nil
    for line in table.lines(width: width, style: context.output.style) { try context.output.line(line) }
    return .success
  }
}
