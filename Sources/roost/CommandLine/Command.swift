/// One subcommand: its help text, its options, and what it does.
protocol Command: Sendable {
  /// The words that call it: `["memory", "add"]`.
  static var path: [String] { get }
  /// One line, for the list of commands.
  static var summary: String { get }
  /// The arguments as the usage line shows them: `TEXT|-`.
  static var arguments: String { get }
  /// What it does and why one would want it, examples included.
  static var discussion: String { get }
  static var options: [CommandOption] { get }
  /// How it can end beside success and a wrong command line.
  static var exitCodes: [ExitCode] { get }

  init(_ arguments: ParsedArguments) throws(CommandError)

  func run(in context: CommandContext) async throws -> ExitCode
}

extension Command {
  static var arguments: String { "" }
  static var options: [CommandOption] { CommandOption.client }
  static var exitCodes: [ExitCode] { [.failure, .unavailable, .temporaryFailure, .noPermission] }

  /// `roost memory add`.
  static var name: String { (["roost"] + path).joined(separator: " ") }

  static func helpText(width: Int) -> String {
    var usage = "usage: " + name
    if !arguments.isEmpty { usage += " " + arguments }
    let options = options + [.help]
    usage += " [options]\n"
    let spelled = options.map(\.spelling)
    let column = (spelled.map(\.count).max() ?? 0) + 4
    var text = "\(summary)\n\n\(usage)\n\(discussion)\n\noptions:\n"
    for (option, spelled) in zip(options, spelled) {
      text += DisplayText.hanging("  " + spelled, option.help, column: column, width: width)
    }
    text += "\nexit codes:\n"
    for code in ([.success, .usage] + exitCodes).sorted(by: { $0.rawValue < $1.rawValue }) {
      text += "  \(DisplayText.padded(String(code.rawValue), to: 4))\(code.meaning)\n"
    }
    return text
  }
}
