import HTTPClient
import JSON
import RuntimeHost

/// `roost doctor`: looks for what is wrong and says what to do.
struct DoctorCommand: Command {
  static let path = ["doctor"]
  static let summary = "Look for what is wrong, and say what to do about it"
  static let discussion = """
    Looks at the settings, the data folder and its disk, every database file (each is read whole) and its schema, at
    Kafka and PostgreSQL where the settings name them, and at the running server: what it is behind with, what waits,
    what failed, which breakers are open. It changes nothing. Ends with 1 when something failed; warnings alone do not.

      roost doctor
      roost doctor --data-dir=/var/lib/roost --url=http://127.0.0.1:9090
      roost doctor --json | jq '.findings[] | select(.verdict != "ok")'
    """
  static let options =
    [
      CommandOption.value("url", "URL", "the server's address (ROOST_URL; the one of the setting listen)"),
      .json,
    ] + SettingArguments.options
  static let exitCodes: [ExitCode] = [.failure]

  private let settings: SettingArguments
  private let client: ClientArguments

  init(_ arguments: ParsedArguments) throws(CommandError) {
    _ = try arguments.positionals()
    settings = SettingArguments(arguments)
    client = ClientArguments(arguments)
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    LoggingSystem.bootstrap(level: .critical)
    var findings: [Finding] = []
    // A reader that went away does not change the verdict.
    func tell(_ more: [Finding]) {
      findings += more
      guard !client.printsJSON else { return }
      for line in more.flatMap({ $0.lines(style: context.output.style) }) { try? context.output.line(line) }
    }
    do throws(CommandError) {
      let configuration = try settings.configuration(in: context)
      tell([.ok("settings", "every setting is known and can be")])
      let folder = DataFolderExamination(path: configuration.dataFolder)
      if configuration.usesDataFolder { tell([folder.folder(), folder.space()]) }
      let hasFiles = configuration.usesDataFolder && folder.isFolder
      let reference = hasFiles || configuration.database != nil ? await reference() : nil
      if hasFiles { tell(folder.databases(reference)) }
      let platform = PlatformExamination(configuration: configuration, services: platformServices.map { $0.name })
      tell(await platform.kafka())
      tell(await platform.database(reference))
      tell(await examineServer(configuration, context))
    } catch {
      tell([.failure("settings", error.message, "roost config --help lists the settings")])
    }
    let worst = findings.map(\.verdict).max() ?? .ok
    if client.printsJSON {
      try context.output.document([
        "verdict": .string(worst.rawValue), "findings": .array(findings.map(\.document)),
      ])
    }
    return worst == .failure ? .failure : .success
  }

  private func reference() async -> SchemaReference? { try? await SchemaReference.make() }

  private func examineServer(_ configuration: HostConfiguration, _ context: CommandContext) async -> [Finding] {
    do throws(CommandError) {
      let api = try client(configuration, context)
      do throws(CommandError) {
        let first = try await api.get("/v1/status")
        // Long enough for a relay or a consumer that works to have moved.
        try? await Task.sleep(for: .seconds(1))
        let second = try await api.get("/v1/status")
        let version = second["version"]?.stringValue ?? "?"
        return [.ok("server", "version \(version) answers at \(api.base)")]
          + ServerExamination(first: first, second: second).findings
      } catch {
        guard error.exitCode == .unavailable else { return [.failure("server", error.message)] }
        return [.failure("server", error.message)] + [await port(configuration)]
      }
    } catch {
      return [.failure("server", error.message)]
    }
  }

  private func client(_ configuration: HostConfiguration, _ context: CommandContext) throws(CommandError) -> APIClient {
    var arguments = client
    if arguments.url == nil, context.environment["ROOST_URL", default: ""].isEmpty {
      let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
      arguments.url = HealthCommand.url(of: "\(host):\(configuration.port)")
    }
    return try context.client(arguments)
  }

  /// Whether a server could be started where the settings say.
  private func port(_ configuration: HostConfiguration) async -> Finding {
    let place = "\(configuration.host):\(configuration.port)"
    let server = HTTPServer(
      configuration: HTTPServerConfiguration(host: configuration.host, port: configuration.port), router: Router(),
      logger: Logger(label: "doctor"), metrics: MetricsRegistry())
    do throws(HTTPServerError) {
      try server.start()
    } catch {
      return .failure("port", error.description, "stop that program, or name another place with --listen")
    }
    await server.shutdown(grace: .zero)
    return .ok("port", "\(place) is free")
  }
}
