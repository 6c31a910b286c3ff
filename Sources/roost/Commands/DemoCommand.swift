import RuntimeHost

/// `roost demo`: the whole flow on a text, from nothing and leaving nothing.
struct DemoCommand: Command {
  static let path = ["demo"]
  static let summary = "Show the whole flow on a text, from memories to a graph"
  static let arguments = "[FILE]"
  static let discussion = """
    Starts every service in this process on a temporary data folder and a free port, stores the paragraphs of FILE as
    memories over HTTP, and prints the events that follow, the graph around the best connected entity, one flow as a
    timeline, and the figures. FILE holds JSON lines (content, text or paragraphs) or plain text; without it the demo
    brings a text of its own. Nothing is left behind. With --url it feeds the server at that address instead, which
    keeps the memories. Ends with 1 when a memory did not get through the flow.

      roost demo
      roost demo notes.txt
      roost demo --url=http://127.0.0.1:8080
      roost demo ../shared/corpora/texts/wikinews.jsonl --limit=500
    """
  static let options: [CommandOption] = [
    .value("limit", "N", "at most so many memories (200)"),
    .value("url", "URL", "the address of a server that runs already"),
    .json,
  ]
  static let exitCodes: [ExitCode] = [
    .failure, .badInput, .noInput, .unavailable, .cannotCreate, .outputError, .interrupted,
  ]

  private let file: String?
  private let limit: Int
  private let client: ClientArguments
  private var printsJSON: Bool { client.printsJSON }

  init(_ arguments: ParsedArguments) throws(CommandError) {
    file = try arguments.optionalPositional("FILE")
    limit = try arguments.int("limit", in: 1...100_000) ?? 200
    client = ClientArguments(arguments)
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let source = try file.map { file throws(CommandError) in try DemoSource(path: file, limit: limit) } ?? .own
    return try await Interruption.guarding {
      if client.url != nil {
        let api = try context.client(client)
        try await show(source, at: api, "\(try await services(at: api)) services at \(api.base)", context)
        return .success
      }
      let folder = try TemporaryFolder()
      defer { folder.remove() }
      return try await run(source, in: folder, context)
    }
  }

  private func run(_ source: DemoSource, in folder: TemporaryFolder, _ context: CommandContext) async throws -> ExitCode
  {
    LoggingSystem.bootstrap(level: .error)
    let host: RuntimeHost
    do {
      // The environment's settings are for a server that stays; the demo's own must not depend on them.
      let configuration = try HostConfiguration(
        flags: ["--data-dir=\(folder.path)", "--listen=127.0.0.1:0"], services: platformServices)
      host = RuntimeHost(configuration: configuration, services: platformServices)
      try await host.start()
    } catch let error as HostError {
      throw CommandError(ExitCode(rawValue: error.exitCode.rawValue) ?? .internalError, error.message)
    } catch let error as ConfigurationError {
      throw CommandError(.configuration, error.message)
    }
    do {
      let api = try APIClient(base: "http://127.0.0.1:\(host.port)", token: nil, http: context.http)
      try await show(
        source, at: api, "\(platformServices.count) services in one process on a temporary folder", context)
    } catch {
      await host.shutdown()
      throw error
    }
    await host.shutdown()
    return .success
  }

  /// How many services the server has; throws when it does not answer.
  private func services(at client: APIClient) async throws -> Int {
    try await client.get("/v1/status").list("services").count
  }

  private func show(
    _ source: DemoSource, at client: APIClient, _ server: String, _ context: CommandContext
  ) async throws {
    let output = printsJSON ? nil : context.output
    try output?.line(
      "\(server); feeding \(Figures.count(source.texts.count, "memory", "memories")) from \(source.name) over HTTP.\n")
    let run = DemoRun(
      client: client, source: source, isAlone: self.client.url == nil, output: output, errors: context.errors)
    let report = DemoReport(client: client, result: try await run.run(), isAlone: self.client.url == nil)
    if let output {
      try await report.write(to: output)
    } else {
      try context.output.document(try await report.document())
    }
  }
}
