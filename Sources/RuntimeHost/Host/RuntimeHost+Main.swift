import Foundation

extension RuntimeHost {
  /// What the executable of a service calls: reads the settings, runs the services, and exits.
  ///
  /// `--help` lists the settings. What stops the start is one line on standard error and an exit code of BSD's
  /// `sysexits`.
  public static func main(services: [any ServicePlugin.Type]) async -> Never {
    signal(SIGPIPE, SIG_IGN)
    let words = Array(CommandLine.arguments.dropFirst())
    let program = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "service"
    if words.contains("--help") || words.contains("-h") {
      print(help(program: program, services: services))
      exit(0)
    }
    if words == ["--version"] {
      print("\(program) \(version)")
      exit(0)
    }
    let outcome = await run(flags: words, environment: ProcessInfo.processInfo.environment, services: services)
    if let message = outcome.message { FileHandle.standardError.write(Data("\(program): \(message)\n".utf8)) }
    exit(outcome.code)
  }

  /// Runs the services until a signal ends them.
  ///
  /// - Returns: The exit code, and the line to tell when it is not 0.
  public static func run(
    flags: [String], environment: [String: String], services: [any ServicePlugin.Type]
  ) async -> (code: Int32, message: String?) {
    do {
      let configuration = try HostConfiguration(flags: flags, environment: environment, services: services)
      LoggingSystem.bootstrap(level: configuration.logLevel, format: configuration.logFormat)
      try await RuntimeHost(configuration: configuration, services: services).run()
      return (0, nil)
    } catch let error as ConfigurationError {
      return (HostError.ExitCode.configuration.rawValue, error.message)
    } catch let error as HostError {
      return (error.exitCode.rawValue, error.message)
    } catch {
      return (HostError.ExitCode.software.rawValue, "\(error)")
    }
  }

  /// The settings as a help text.
  public static func help(program: String, services: [any ServicePlugin.Type]) -> String {
    var lines = [
      "usage: \(program) [--SETTING VALUE ...] | --help | --version", "",
      "Each setting is a flag, an environment variable (ROOST_ and its name in capitals), or a field of the JSON",
      "file that --config or ROOST_CONFIG names; the first of them that is there counts.", "",
    ]
    for (_, flag, setting) in HostConfiguration.settings(with: services) {
      let standard = setting.defaultValue.map { " (\($0))" } ?? ""
      lines.append("  \(flag)\n      \(setting.help)\(standard)")
      if setting.isSecret { lines.append("  \(flag)-file\n      The path of a file that holds it") }
    }
    lines.append(
      "  --kafka-NAME\n      librdkafka's own setting NAME, with - for each dot, such as --kafka-security-protocol")
    return lines.joined(separator: "\n")
  }
}
