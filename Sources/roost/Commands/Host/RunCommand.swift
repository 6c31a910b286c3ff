import RuntimeHost

/// `roost run`: every service in this process.
struct RunCommand: Command {
  static let path = ["run"]
  static let summary = "Run the services in this process until Ctrl-C or SIGTERM"
  static let discussion = """
    Everything that is kept lies in the data folder: the event log and a database for each service. Without a token it
    listens on this machine only. At the end it finishes what is under way; what it was sent and answered is never lost,
    not even by kill -9.

      roost run
      roost run --data-dir=/var/lib/roost --listen=127.0.0.1:9090
      roost run --only=memory,analytics

    Each setting is an option here, an environment variable (ROOST_DATA_DIR), or a field of the file that --config
    names. `roost config` shows what is in force.
    """
  static let options = SettingArguments.options
  static let exitCodes: [ExitCode] = [.unavailable, .cannotCreate, .outputError, .configuration]

  private let settings: SettingArguments

  init(_ arguments: ParsedArguments) throws(CommandError) {
    _ = try arguments.positionals()
    settings = SettingArguments(arguments)
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let configuration = try settings.configuration(in: context)
    LoggingSystem.bootstrap(level: configuration.logLevel, format: configuration.logFormat)
    do {
      try await RuntimeHost(configuration: configuration, services: platformServices).run()
    } catch let error as HostError {
      throw CommandError(ExitCode(rawValue: error.exitCode.rawValue) ?? .internalError, error.message)
    } catch let error as ConfigurationError {
      throw CommandError(.configuration, error.message)
    }
    return .success
  }
}
