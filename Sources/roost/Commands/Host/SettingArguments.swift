import RuntimeHost

/// The settings on a command line: each is an option of `run`, `config` and `demo`.
struct SettingArguments: Sendable {
  static let options: [CommandOption] =
    HostConfiguration.settings(with: platformServices).flatMap { _, flag, setting in
      let name = String(flag.dropFirst(2))
      let help = setting.help + (setting.defaultValue.flatMap { $0.isEmpty ? nil : " (\($0))" } ?? "")
      let option = CommandOption.value(name, setting.name.split(separator: ".").last?.uppercased() ?? "", help)
      return setting.isSecret ? [option, .value(name + "-file", "FILE", "the path of a file that holds it")] : [option]
    } + [
      .values(beginning: "kafka-", "VALUE", "librdkafka's own setting NAME, with - for each dot"),
      .value("config", "FILE", "a JSON file with settings (ROOST_CONFIG)"),
    ]

  /// The words as the host reads them.
  let flags: [String]

  init(_ arguments: ParsedArguments) {
    flags = arguments.names.filter { name in Self.options.contains { $0.isNamed(by: "--" + name) } }
      .compactMap { name in arguments.string(name).map { "--\(name)=\($0)" } }
  }

  func configuration(in context: CommandContext) throws(CommandError) -> HostConfiguration {
    do throws(ConfigurationError) {
      return try HostConfiguration(flags: flags, environment: context.environment, services: platformServices)
    } catch {
      throw CommandError(.configuration, error.message)
    }
  }
}
