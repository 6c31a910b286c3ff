import RuntimeHost

/// The settings on a command line: each is an option of `run`, `config` and `demo`.
struct SettingArguments: Sendable {
  static let options: [CommandOption] =
    HostConfiguration.settings(with: platformServices).map { _, flag, setting in
      .value(
        String(flag.dropFirst(2)), setting.name.uppercased(),
        setting.help + (setting.defaultValue.map { " (\($0))" } ?? ""))
    } + [.value("config", "FILE", "a JSON file with settings (ROOST_CONFIG)")]

  /// The words as the host reads them.
  let flags: [String]

  init(_ arguments: ParsedArguments) {
    flags = Self.options.compactMap { option in arguments.string(option.name).map { "--\(option.name)=\($0)" } }
  }

  func configuration(in context: CommandContext) throws(CommandError) -> HostConfiguration {
    do throws(ConfigurationError) {
      return try HostConfiguration(flags: flags, environment: context.environment, services: platformServices)
    } catch {
      throw CommandError(.configuration, error.message)
    }
  }
}
