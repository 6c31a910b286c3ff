/// One `--name` that a command takes.
struct CommandOption: Sendable, Equatable {
  let name: String
  /// What stands for the value in the help text; `nil` for a flag, which takes none.
  let placeholder: String?
  let help: String
  /// Whether the name is only how the option begins: `--kafka-` of `--kafka-security-protocol`.
  var isPrefix = false

  /// As a command line spells it.
  var spelling: String { "--" + name + (isPrefix ? "NAME" : "") + (placeholder.map { "=" + $0 } ?? "") }

  /// Whether it is this option that a word such as `--user` names.
  func isNamed(by word: String) -> Bool {
    isPrefix ? word.hasPrefix("--" + name) && word.count > name.count + 2 : word == "--" + name
  }

  static func flag(_ name: String, _ help: String) -> CommandOption {
    CommandOption(name: name, placeholder: nil, help: help)
  }

  static func value(_ name: String, _ placeholder: String, _ help: String) -> CommandOption {
    CommandOption(name: name, placeholder: placeholder, help: help)
  }

  /// Every option whose name begins so.
  static func values(beginning prefix: String, _ placeholder: String, _ help: String) -> CommandOption {
    CommandOption(name: prefix, placeholder: placeholder, help: help, isPrefix: true)
  }

  static let json = flag("json", "print JSON to standard output and nothing else")
  static let help = flag("help", "print this text")

  /// What every command that talks to a server takes.
  static let client: [CommandOption] = [
    .value("url", "URL", "the server's address (ROOST_URL; http://127.0.0.1:8080)"),
    .json,
  ]
}
