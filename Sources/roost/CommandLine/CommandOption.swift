/// One `--name` that a command takes.
struct CommandOption: Sendable, Equatable {
  let name: String
  /// What stands for the value in the help text; `nil` for a flag, which takes none.
  let placeholder: String?
  let help: String

  static func flag(_ name: String, _ help: String) -> CommandOption {
    CommandOption(name: name, placeholder: nil, help: help)
  }

  static func value(_ name: String, _ placeholder: String, _ help: String) -> CommandOption {
    CommandOption(name: name, placeholder: placeholder, help: help)
  }

  static let json = flag("json", "print JSON to standard output and nothing else")
  static let help = flag("help", "print this text")

  /// What every command that talks to a server takes.
  static let client: [CommandOption] = [
    .value("url", "URL", "the server's address (ROOST_URL; http://127.0.0.1:8080)"),
    .json,
  ]
}
