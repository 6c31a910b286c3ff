import RuntimeHost

/// `roost demo`: the whole flow on a text, from nothing and leaving nothing.
struct DemoCommand: Command {
  static let path = ["demo"]
  static let summary = "Show the whole flow on a text: memories in, a knowledge graph out"
  static let arguments = "[FILE]"
  static let discussion = """
    Starts every service in this process on a temporary data folder and a free port, stores the paragraphs of FILE as
    memories over HTTP, and prints the events that follow, the graph around the best connected entity, one flow as a
    timeline, and the figures. FILE holds JSON lines (content, text or paragraphs) or plain text; without it the demo
    brings a text of its own. Nothing is left behind. Ends with 1 when a memory did not get through the flow.

      roost demo
      roost demo notes.txt
      roost demo ../shared/corpora/texts/wikinews.jsonl --limit=500
    """
  static let options: [CommandOption] = [
    .value("limit", "N", "at most so many memories (200)"),
    .json,
  ]
  static let exitCodes: [ExitCode] = [
    .failure, .badInput, .noInput, .unavailable, .cannotCreate, .outputError, .interrupted,
  ]

  private let file: String?
  private let limit: Int
  private let printsJSON: Bool

  init(_ arguments: ParsedArguments) throws(CommandError) {
    file = try arguments.optionalPositional("FILE")
    limit = try arguments.int("limit", in: 1...100_000) ?? 200
    printsJSON = arguments.has("json")
  }

  func run(in context: CommandContext) async throws -> ExitCode {
    let source = try file.map { file throws(CommandError) in try DemoSource(path: file, limit: limit) } ?? .own
    return try await Interruption.guarding {
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
      try await show(source, port: host.port, context)
    } catch {
      await host.shutdown()
      throw error
    }
    await host.shutdown()
    return .success
  }

  private func show(_ source: DemoSource, port: Int, _ context: CommandContext) async throws {
    let client = try APIClient(base: "http://127.0.0.1:\(port)", token: nil, http: context.http)
    let output = printsJSON ? nil : context.output
    try output?.line(
      "\(platformServices.count) services in one process on a temporary folder; feeding "
        + "\(Figures.count(source.texts.count, "memory", "memories")) from \(source.name) over HTTP.\n")
    let result = try await DemoRun(client: client, source: source, output: output, errors: context.errors).run()
    let report = DemoReport(client: client, result: result)
    if let output {
      try await report.write(to: output)
    } else {
      try context.output.document(try await report.document())
    }
  }
}
